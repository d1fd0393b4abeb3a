package io.conversion.experiments.value;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says what policies would have brought on the decisions of a log: its support first, then the value, or a refusal. The same log
 * and policy give the same answer to the bit. Immutable and safe to share between threads.
 */
public final class OffPolicyEvaluation {

    /** Reasons that a band has of its own sample, and that say nothing of the whole. */
    private static final String FEW_OUTCOMES = "few_effective_outcomes";

    private static final double ROUNDING = 1e-9;

    private final LoggedDecisions log;
    private final SupportLimits limits;
    private final @Nullable RewardModel model;
    private final ValueIntervals intervals;

    private OffPolicyEvaluation(
            LoggedDecisions log, SupportLimits limits, @Nullable RewardModel model, ValueIntervals intervals) {
        this.log = log;
        this.limits = limits;
        this.model = model;
        this.intervals = intervals;
    }

    /**
     * Evaluates on a log, with the {@linkplain SupportLimits#defaults() default limits}, intervals of 95 % and a reward model of
     * the library's own trainer, fitted without the user that it is asked about.
     *
     * @param log the log
     * @return what evaluates
     */
    public static OffPolicyEvaluation of(LoggedDecisions log) {
        return new OffPolicyEvaluation(
                log,
                SupportLimits.defaults(),
                null,
                new ValueIntervals(0.05, log.hasBinaryOutcome() ? new double[] {0, 1} : null));
    }

    /**
     * Declares what a log must hold.
     *
     * @param required the limits
     * @return the changed copy
     */
    public OffPolicyEvaluation limits(SupportLimits required) {
        return new OffPolicyEvaluation(log, required, model, intervals);
    }

    /**
     * Declares how often intervals may be wrong.
     *
     * @param rate the error rate, such as 0.05
     * @return the changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public OffPolicyEvaluation alpha(double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("the error rate is " + rate + "; it must be between 0 and 1");
        }
        return new OffPolicyEvaluation(log, limits, model, intervals.alpha(rate));
    }

    /**
     * Takes another reward model.
     *
     * @param own the model
     * @return the changed copy
     */
    public OffPolicyEvaluation rewardModel(RewardModel own) {
        return new OffPolicyEvaluation(log, limits, own, intervals);
    }

    /**
     * Declares the range of outcomes, which the anytime interval needs; outcomes of 0 and 1 have theirs.
     *
     * @param lowest the lowest outcome that is possible
     * @param highest the highest outcome that is possible
     * @return the changed copy
     * @throws IllegalArgumentException if an outcome of the log is outside, or the range is none
     */
    public OffPolicyEvaluation outcomeRange(double lowest, double highest) {
        for (int row = 0; row < log.size(); row++) {
            if (!(log.outcome(row) >= lowest && log.outcome(row) <= highest)) {
                throw new IllegalArgumentException("the outcome of row " + row + " is " + log.outcome(row)
                        + ", outside the declared range from " + lowest + " to " + highest);
            }
        }
        return new OffPolicyEvaluation(
                log, limits, model, new ValueIntervals(intervals.alpha(), new double[] {lowest, highest}));
    }

    /**
     * Evaluates a policy, as a whole, by its bands, and against what was in force.
     *
     * @param target the policy
     * @return what the log says of it
     * @throws IllegalArgumentException if it has not as many rows as the log
     */
    public OffPolicyReadout evaluate(TargetPolicy target) {
        requireRows(target);
        return evaluate(target, model(target.isWhole()));
    }

    private OffPolicyReadout evaluate(TargetPolicy target, @Nullable RewardModel rewards) {
        List<BandValue> bands = bands(target, rewards);
        WeightedRows rows = new WeightedRows(log, target, rewards);
        ValueAnswer whole = whole(answer(log, target, rows, limits), bands);
        ValueEstimate logged = new Estimates(rows).mean(Estimator.IPS, Double.NaN, rows.reward);
        return new OffPolicyReadout(
                target.name(),
                log,
                intervals.alpha(),
                limits,
                whole,
                logged,
                bands,
                againstLogged(target, whole, rows));
    }

    /**
     * Compares two policies on the same decisions, of which most noise is common to both.
     *
     * @param policy one policy
     * @param other the policy that it is compared with
     * @return the difference, or why it cannot be known: the reasons of both
     * @throws IllegalArgumentException if one has not as many rows as the log
     */
    public PolicyDifference compare(TargetPolicy policy, TargetPolicy other) {
        requireRows(policy);
        requireRows(other);
        RewardModel rewards = model(policy.isWhole() && other.isWhole());
        ValueAnswer one = evaluate(policy, rewards).answer();
        ValueAnswer two = evaluate(other, rewards).answer();
        List<Refusal> refusals = new ArrayList<>(refusals(one));
        refusals.addAll(refusals(two));
        WeightedRows ofOne = new WeightedRows(log, policy, rewards);
        WeightedRows ofTwo = new WeightedRows(log, other, rewards);
        return difference(
                policy.name(),
                other.name(),
                Estimates.terms(ofOne),
                Estimates.terms(ofTwo),
                ofOne,
                Math.min(one.support().effectiveUsers(), two.support().effectiveUsers()),
                refusals);
    }

    private PolicyDifference againstLogged(TargetPolicy target, ValueAnswer whole, WeightedRows rows) {
        return difference(
                target.name(),
                PolicyDifference.LOGGED,
                Estimates.terms(rows),
                rows.reward,
                rows,
                whole.support().effectiveUsers(),
                refusals(whole));
    }

    private PolicyDifference difference(
            String policy,
            String other,
            double[] terms,
            double[] less,
            WeightedRows rows,
            double effective,
            List<Refusal> refusals) {
        if (!refusals.isEmpty()) {
            return new PolicyDifference(policy, other, null, null, refusals);
        }
        double[] differences = new double[terms.length];
        Arrays.setAll(differences, row -> terms[row] - less[row]);
        Estimator estimator = rows.direct == null ? Estimator.IPS : Estimator.DOUBLY_ROBUST;
        ValueEstimate estimate = new Estimates(rows).mean(estimator, Double.NaN, differences);
        return new PolicyDifference(policy, other, estimate, intervals.student(estimate, effective), List.of());
    }

    private static List<Refusal> refusals(ValueAnswer answer) {
        return answer instanceof Refused refused ? refused.refusals() : List.of();
    }

    private void requireRows(TargetPolicy target) {
        if (target.size() != log.size()) {
            throw new IllegalArgumentException("policy " + ArtifactText.quoted(target.name()) + " has " + target.size()
                    + " rows for " + log.size() + " logged decisions");
        }
    }

    /** A model tells what policies are expected to bring whose probabilities are all known. */
    private @Nullable RewardModel model(boolean ofWhole) {
        return !ofWhole ? null : model != null ? model : CrossFittedReward.of(log);
    }

    private List<BandValue> bands(TargetPolicy target, @Nullable RewardModel rewards) {
        int count = target.bands().size();
        if (count < 2) {
            return List.of();
        }
        SupportLimits ofBand = limits.alpha(limits.alpha() / count);
        List<BandValue> bands = new ArrayList<>();
        for (int band = 0; band < count; band++) {
            int wanted = band;
            int[] kept = IntStream.range(0, log.size())
                    .filter(row -> target.band(row) == wanted)
                    .toArray();
            if (kept.length > 0) {
                LoggedDecisions some = log.rows(row -> target.band(row) == wanted);
                TargetPolicy there = target.rows(row -> target.band(row) == wanted);
                RewardModel model = rewards == null ? null : (row, action) -> rewards.outcome(kept[row], action);
                WeightedRows rows = new WeightedRows(some, there, model);
                bands.add(new BandValue(
                        target.bands().get(band),
                        kept.length,
                        new Estimates(rows)
                                .mean(Estimator.IPS, Double.NaN, rows.reward)
                                .value(),
                        answer(some, there, rows, ofBand)));
            }
        }
        return bands;
    }

    /**
     * A whole has no value that one of its bands has not, unless the policy does there what was in force; nor has one whose log
     * cannot be believed.
     */
    private ValueAnswer whole(ValueAnswer answer, List<BandValue> bands) {
        List<Refusal> refusals = new ArrayList<>();
        for (Finding finding : log.findings()) {
            if (finding.severity() == Finding.Severity.REFUSES) {
                refusals.add(new Refusal(finding.code(), finding.sentence(), "give the files that belong together"));
            }
        }
        refusals.addAll(refusals(answer));
        for (BandValue band : bands) {
            boolean asLogged = band.answer().support().effectiveUsers()
                    > band.answer().support().users() * (1 - ROUNDING);
            List<String> reasons = refusals(band.answer()).stream()
                    .map(Refusal::code)
                    .filter(code -> !code.equals(FEW_OUTCOMES))
                    .toList();
            if (!reasons.isEmpty() && !asLogged && !reasons.contains("action_not_logged")) {
                refusals.add(new Refusal(
                        "band_refused",
                        "band " + ArtifactText.quoted(band.band()) + " with " + band.decisions()
                                + " decisions has no value of its own (" + String.join(", ", reasons)
                                + "), and the whole has none without it",
                        "see what the band needs, or join it with a neighbour"));
            }
        }
        return refusals.isEmpty() ? answer : new Refused(answer.support(), refusals);
    }

    private ValueAnswer answer(LoggedDecisions of, TargetPolicy target, WeightedRows rows, SupportLimits required) {
        Support support = new SupportMeasure(of, target, rows).measure(required.weightBound());
        double rate = (double) IntStream.range(0, of.size())
                        .filter(row -> of.outcome(row) != 0)
                        .count()
                / of.size();
        SupportVerdict verdict = new SupportVerdict(support, required, rate);
        List<Refusal> refusals = verdict.refusals();
        if (!refusals.isEmpty()) {
            return new Refused(support, refusals);
        }
        List<ValueEstimate> estimates = new Estimates(rows).all();
        Estimator answering = rows.direct == null ? Estimator.IPS : Estimator.DOUBLY_ROBUST;
        ValueEstimate best = estimates.stream()
                .filter(estimate -> estimate.estimator() == answering)
                .findFirst()
                .orElseThrow();
        return new Estimated(
                support,
                best,
                intervals.possible(of, best, intervals.student(best, support.effectiveUsers())),
                intervals.possible(of, best, intervals.bernstein(best, Estimates.terms(rows))),
                intervals.anytime(of, rows),
                estimates,
                verdict.findings(estimates));
    }
}
