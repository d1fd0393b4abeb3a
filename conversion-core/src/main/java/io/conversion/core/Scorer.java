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
 * Maps signals to a score: {@code intercept + sum of shapes}, added in the order of the schema, then the calibration and
 * the shift to a declared base rate, if there are any, then the logistic function; and says why it did so.
 *
 * <p>Pure, and deterministic to the bit on every JVM: plain arithmetic in a fixed order. Immutable and safe to share
 * between threads.
 */
public final class Scorer {

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

    Scorer(
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

    /**
     * Scores one user.
     *
     * @param signals signals of this model's schema
     * @return the score
     * @throws IllegalArgumentException if the signals are of another schema
     */
    public Score score(Signals signals) {
        requireSchema(signals.schema());
        double logOdds = compiled.map().of(compiled.rawLogOdds(signals));
        return new Score(this, signals, logOdds, Logistic.probability(logOdds));
    }

    /**
     * Scores many users, on the calling thread.
     *
     * @param batch signals of this model's schema
     * @return the scores by row; the rows that the schema refuses are refused
     * @throws IllegalArgumentException if the signals are of another schema
     */
    public ScoredBatch score(SignalBatch batch) {
        return score(batch, Runnable::run, 1);
    }

    /**
     * Scores many users on the calling thread and others at once. The scores do not depend on how many there are.
     *
     * @param batch signals of this model's schema
     * @param executor runs the other threads' work; if it does not come to that, the calling thread does it all
     * @param threads how many threads may work at once, the calling one included, at least 1
     * @return the scores by row; the rows that the schema refuses are refused
     * @throws IllegalArgumentException if the signals are of another schema, or {@code threads} is below 1
     */
    public ScoredBatch score(SignalBatch batch, Executor executor, int threads) {
        requireSchema(batch.schema());
        double[] logOdds = new double[batch.rows()];
        double[] raw = compiled.map().isIdentity() ? logOdds : new double[batch.rows()];
        double[] probabilities = new double[batch.rows()];
        RowRanges.forEach(
                batch.rows(),
                (from, to) -> compiled.score(batch, raw, logOdds, probabilities, from, to),
                executor,
                threads);
        return new ScoredBatch(this, batch, raw, logOdds, probabilities);
    }

    /**
     * Scores one user and says why, with every contribution.
     *
     * @param signals signals of this model's schema
     * @return the score with the contribution of each signal that is not hidden
     * @throws IllegalArgumentException if the signals are of another schema
     */
    public Explanation explain(Signals signals) {
        return explain(signals, hidden.length);
    }

    /**
     * Scores one user and says why, with the strongest contributions only.
     *
     * @param signals signals of this model's schema
     * @param strongest how many contributions to list at most, at least 0
     * @return the score with its strongest contributions
     * @throws IllegalArgumentException if the signals are of another schema, or {@code strongest} is negative
     */
    public Explanation explain(Signals signals, int strongest) {
        if (strongest < 0) {
            throw new IllegalArgumentException(
                    "the number of contributions is " + strongest + "; at least 0 is allowed");
        }
        Score score = score(signals);
        double[] contributions = compiled.terms(signals);
        double factor = compiled.map().factor(score.rawLogOdds(), referenceRaw);
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = (contributions[i] - referenceTerms[i]) * factor;
        }
        int[] order = new int[Math.min(strongest, contributions.length)];
        Contribution[] listed = new Contribution[strongest(contributions, order)];
        for (int k = 0; k < listed.length; k++) {
            listed[k] = new Contribution(signals, reference.signals(), order[k], contributions[order[k]]);
            contributions[order[k]] = 0;
        }
        double rest = 0;
        for (double contribution : contributions) {
            rest += contribution;
        }
        return new Explanation(score, reference, baseRate, List.of(listed), rest);
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

    /**
     * The Wald interval of one user's probability: {@code f +- z * sqrt(g' C g)} on the scale of raw log-odds, mapped
     * through the calibration and the base rate to probabilities. Here {@code f} is the raw log-odds, {@code C} the
     * covariance of the model's numbers, {@code g} the derivative of {@code f} with respect to each of them, and
     * {@code z} the standard normal quantile of {@code (1 + level) / 2}.
     *
     * <p>It says how far the probability of all users with these signals may lie off for want of training rows. It leaves
     * out the uncertainty of the calibration and that of the choice of shapes, and takes numbers that the covariance does
     * not list to be known exactly. For a fit with an L2 penalty the covariance is the inverse of the penalised Hessian,
     * and the interval leaves out the bias of the penalty. Deterministic to the bit.
     *
     * @param signals signals of this model's schema
     * @param level the confidence level, above 0 and below 1, such as 0.95
     * @return the interval, which contains the probability of the score; empty if the model has no covariance
     * @throws IllegalArgumentException if the signals are of another schema, or the level is out of range
     */
    public Optional<ProbabilityInterval> interval(Signals signals, double level) {
        requireSchema(signals.schema());
        ProbabilityInterval.requireLevel(level);
        return interval == null ? Optional.empty() : Optional.of(interval.of(signals, level));
    }

    /**
     * Asks the model, for each actionable signal alone, which smallest change of it would bring the user's probability
     * to a target. It is the model's answer, not a causal effect: see {@link Change}.
     *
     * @param signals signals of this model's schema
     * @param targetProbability the probability to reach, above 0 and at most 1
     * @return an answer for each signal that is declared actionable, in the order of the schema
     * @throws IllegalArgumentException if the signals are of another schema, or the target is out of range
     */
    public List<Change> whatWouldChange(Signals signals, double targetProbability) {
        requireSchema(signals.schema());
        if (!(targetProbability > 0 && targetProbability <= 1)) {
            throw new IllegalArgumentException(
                    "the target probability is " + targetProbability + "; it must be above 0 and at most 1");
        }
        SmallestChange search = new SmallestChange(compiled, shapes, signals, targetProbability);
        return IntStream.range(0, hidden.length)
                .filter(i -> schema.declared().get(i).isActionable())
                .mapToObj(search::of)
                .toList();
    }

    /**
     * The schema of the signals that this scorer takes.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return schema;
    }

    /**
     * The model that this scorer evaluates.
     *
     * @return its reference
     */
    public ModelReference model() {
        return model;
    }

    private void requireSchema(SignalSchema given) {
        if (!schema.equals(given)) {
            throw new IllegalArgumentException("signals of schema " + given + " (" + given.digest()
                    + ") cannot be scored by model " + model + ", which has schema " + schema + " (" + schema.digest()
                    + ")");
        }
    }

    double rawLogOdds(Signals signals, double logOdds) {
        return compiled.map().isIdentity() ? logOdds : compiled.rawLogOdds(signals);
    }

    boolean mayFallShort(boolean clean) {
        return evidence.mayFallShort(clean);
    }

    Evidence evidence(Signals signals) {
        return evidence.of(signals);
    }
}
