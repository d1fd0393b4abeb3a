package io.conversion.core;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The library's own scorer: {@code intercept + sum of shapes}, added in the order of the schema, then the calibration and
 * the shift to a declared base rate, if there are any, then the logistic function. Plain arithmetic in a fixed order, and
 * so deterministic to the bit on every JVM. Immutable and safe to share between threads.
 */
final class ShapeScorer implements Scorer {

    private final ModelReference model;
    private final SignalSchema schema;
    private final Map<String, Shape> shapes;
    private final CompiledShapes compiled;
    private final EvidenceCheck evidence;
    private final OptionalDouble baseRate;
    private final @Nullable IntervalEstimate interval;
    private final Score reference;
    private final double referenceRaw;

    // By position: what the shape is at the reference user, and whether explanations may name the signal.
    private final double[] referenceTerms;
    private final boolean[] hidden;

    ShapeScorer(
            ModelReference model,
            Map<String, Shape> shapes,
            CompiledShapes compiled,
            EvidenceCheck evidence,
            Signals referenceUser,
            OptionalDouble baseRate,
            @Nullable IntervalEstimate interval) {
        this.model = model;
        this.schema = referenceUser.schema();
        this.shapes = shapes;
        this.compiled = compiled;
        this.evidence = evidence;
        this.baseRate = baseRate;
        this.interval = interval;
        this.reference = score(referenceUser);
        this.referenceRaw = reference.rawLogOdds();
        this.referenceTerms = compiled.terms(referenceUser);
        this.hidden = new boolean[shapes.size()];
        IntStream.range(0, hidden.length)
                .forEach(i -> hidden[i] = schema.declared().get(i).reasons().hidden());
    }

    @Override
    public Score score(Signals signals) {
        requireSchema(signals.schema());
        double logOdds = compiled.map().of(compiled.rawLogOdds(signals));
        return new Score(this, signals, logOdds, Logistic.probability(logOdds));
    }

    @Override
    public ScoredBatch score(SignalBatch batch, Executor executor, int threads) {
        requireSchema(batch.schema());
        double[] logOdds = new double[batch.rows()];
        double[] raw = compiled.map().isIdentity() ? logOdds : new double[batch.rows()];
        double[] probabilities = new double[batch.rows()];
        RowRanges.forEach(
                batch.rows(),
                RowRanges.QUICK_ROWS,
                (from, to) -> compiled.score(batch, raw, logOdds, probabilities, from, to),
                executor,
                threads);
        return new ScoredBatch(this, batch, raw, logOdds, probabilities, evidence::mayFallShort);
    }

    @Override
    public Optional<Explanation> explanation(Signals signals, int strongest) {
        return Optional.of(explain(signals, strongest));
    }

    @Override
    public Explanation explain(Signals signals, int strongest) {
        if (strongest < 0) {
            throw new IllegalArgumentException(
                    "the number of contributions is " + strongest + "; at least 0 is allowed");
        }
        Score score = score(signals);
        double[] raw = compiled.terms(signals);
        double factor = compiled.map().factor(score.rawLogOdds(), referenceRaw);
        double[] contributions = compiled.map().isIdentity() ? raw : new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] -= referenceTerms[i];
            contributions[i] = raw[i] * factor;
        }
        int[] order = new int[Math.min(strongest, raw.length)];
        // Where the calibration is flat, all contributions are zero, and only the raw ones tell which are strong.
        Contribution[] listed = new Contribution[strongest(factor == 0 ? raw : contributions, order)];
        for (int k = 0; k < listed.length; k++) {
            int position = order[k];
            listed[k] = new Contribution(
                    signals,
                    reference.signals(),
                    position,
                    contributions[position],
                    raw[position],
                    evidence.isExtrapolated(signals, position));
            contributions[position] = 0;
            raw[position] = 0;
        }
        return new Explanation(score, reference, baseRate, List.of(listed), sum(contributions), sum(raw));
    }

    private static double sum(double[] contributions) {
        double sum = 0;
        for (double contribution : contributions) {
            sum += contribution;
        }
        return sum;
    }

    /** Fills {@code order} with the positions of the strongest that are not hidden, equal ones in order; how many. */
    private int strongest(double[] contributions, int[] order) {
        int listed = 0;
        for (int i = 0; i < contributions.length; i++) {
            double strength = Math.abs(contributions[i]);
            boolean tooWeak =
                    listed == order.length && (listed == 0 || !(strength > Math.abs(contributions[order[listed - 1]])));
            if (hidden[i] || tooWeak) {
                continue;
            }
            int place = Math.min(listed, order.length - 1);
            for (; place > 0 && strength > Math.abs(contributions[order[place - 1]]); place--) {
                order[place] = order[place - 1];
            }
            order[place] = i;
            listed = Math.min(listed + 1, order.length);
        }
        return listed;
    }

    @Override
    public Optional<ProbabilityInterval> interval(Signals signals, double level) {
        requireSchema(signals.schema());
        ProbabilityInterval.requireLevel(level);
        return interval == null ? Optional.empty() : Optional.of(interval.of(signals, level));
    }

    @Override
    public Optional<List<Change>> whatWouldChange(Signals signals, double targetProbability) {
        requireSchema(signals.schema());
        if (!(targetProbability > 0 && targetProbability <= 1)) {
            throw new IllegalArgumentException(
                    "the target probability is " + targetProbability + "; it must be above 0 and at most 1");
        }
        SmallestChange search = new SmallestChange(compiled, shapes, evidence, signals, targetProbability);
        return Optional.of(IntStream.range(0, hidden.length)
                .filter(i -> schema.at(i).isActionable())
                .mapToObj(search::of)
                .toList());
    }

    @Override
    public SignalSchema schema() {
        return schema;
    }

    @Override
    public ModelReference model() {
        return model;
    }

    @Override
    public double rawLogOdds(Score score) {
        return compiled.map().isIdentity() ? score.logOdds() : compiled.rawLogOdds(score.signals());
    }

    @Override
    public Evidence evidence(Signals signals) {
        return evidence.of(signals);
    }

    @Override
    public boolean hasSufficientEvidence(Signals signals) {
        return evidence.isSufficient(signals);
    }

    private void requireSchema(SignalSchema given) {
        Scorer.requireSchema(this, given);
    }
}
