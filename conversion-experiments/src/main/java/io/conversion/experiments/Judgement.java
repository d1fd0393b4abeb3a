package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the {@link Verdict}, in the order that it documents. */
final class Judgement {

    /** Nobody waits for so many users. */
    private static final long MOST_USERS = 1_000_000_000_000L;

    private final ReadoutPlan plan;
    private final Health health;
    private final MetricReadout primary;
    private final List<MetricReadout> guardrails;
    private final long users;
    private final double perDay;

    private Judgement(ReadoutPlan plan, Health health, List<MetricReadout> metrics, long users, double perDay) {
        this.perDay = perDay;
        this.plan = plan;
        this.health = health;
        this.primary = metrics.isEmpty() ? new MetricReadout(plan.primary(), List.of(), List.of()) : metrics.get(0);
        this.guardrails = metrics.stream()
                .filter(of -> of.metric().role() == Metric.Role.GUARDRAIL)
                .toList();
        this.users = users;
    }

    static Verdict of(ReadoutPlan plan, Health health, List<MetricReadout> metrics, long users, double perDay) {
        return new Judgement(plan, health, metrics, users, perDay).verdict();
    }

    private Verdict verdict() {
        return health.refusal()
                .<Verdict>map(
                        finding -> new Verdict.CannotKnow(finding.code(), "Cannot know: " + finding.sentence() + "."))
                .or(this::harmed)
                .or(this::worse)
                .or(this::better)
                .or(this::outOfReach)
                .orElseGet(this::undecided);
    }

    private Optional<Verdict> harmed() {
        for (MetricReadout guardrail : guardrails) {
            for (ComparisonReadout arm : guardrail.comparisons()) {
                if (mostGain(guardrail.metric(), arm) < -guardrail.metric().harm()) {
                    return Optional.of(new Verdict.Stop(
                            "harm",
                            "Stop: arm " + ArtifactText.quoted(arm.arm()) + " changes "
                                    + ArtifactText.quoted(guardrail.metric().name()) + " by "
                                    + interval(guardrail.metric(), arm) + ", which is a harm of more than "
                                    + ChangeTexts.size(
                                            guardrail.metric(),
                                            guardrail.metric().harm()) + "."));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict> worse() {
        boolean all = primary.comparisons().stream()
                .allMatch(arm -> shown(arm) && primary.metric().gain(estimate(arm)) < 0);
        return all
                ? Optional.of(new Verdict.Stop("worse", "Stop: " + intervals() + ", for the worse."))
                : Optional.empty();
    }

    private Optional<Verdict> better() {
        List<ComparisonReadout> better = primary.comparisons().stream()
                .filter(arm -> shown(arm) && primary.metric().gain(estimate(arm)) > 0)
                .sorted((a, b) -> Double.compare(
                        primary.metric().gain(estimate(b)), primary.metric().gain(estimate(a))))
                .toList();
        List<String> unsure = new ArrayList<>();
        for (ComparisonReadout arm : better) {
            List<String> open = openGuardrails(arm.arm());
            if (open.isEmpty()) {
                return Optional.of(new Verdict.Act(
                        arm.arm(),
                        "Act: arm " + ArtifactText.quoted(arm.arm()) + " changes "
                                + ArtifactText.quoted(primary.metric().name()) + " by "
                                + interval(primary.metric(), arm) + ", for the better."));
            }
            unsure.addAll(open);
        }
        return better.isEmpty()
                ? Optional.empty()
                : Optional.of(notYet(
                        "arm " + ArtifactText.quoted(better.get(0).arm()) + " changes "
                                + ArtifactText.quoted(primary.metric().name()) + " by "
                                + interval(primary.metric(), better.get(0)) + ", for the better, but "
                                + String.join(", and ", unsure),
                        -1));
    }

    /** Guardrails of an arm that may still be harmed by more than is borne. */
    private List<String> openGuardrails(String name) {
        List<String> open = new ArrayList<>();
        for (MetricReadout guardrail : guardrails) {
            for (ComparisonReadout arm : guardrail.comparisons()) {
                if (arm.arm().equals(name)
                        && !(leastGain(guardrail.metric(), arm)
                                >= -guardrail.metric().harm())) {
                    open.add(ArtifactText.quoted(guardrail.metric().name())
                            + (arm.best() == null
                                    ? " cannot be told"
                                    : " changes by " + interval(guardrail.metric(), arm)
                                            + ", which does not exclude a harm of "
                                            + ChangeTexts.size(
                                                    guardrail.metric(),
                                                    guardrail.metric().harm())));
                }
            }
        }
        return open;
    }

    private Optional<Verdict> outOfReach() {
        boolean all =
                primary.comparisons().stream().allMatch(arm -> mostGain(primary.metric(), arm) < plan.smallestEffect());
        return all
                ? Optional.of(new Verdict.Stop(
                        "no_effect_that_matters",
                        "Stop: " + intervals() + ", less than the "
                                + ChangeTexts.size(primary.metric(), plan.smallestEffect()) + " that matter."))
                : Optional.empty();
    }

    private Verdict undecided() {
        Optional<Refusal> refusal = primary.comparisons().stream()
                .map(ComparisonReadout::refusal)
                .filter(of -> of != null)
                .findFirst();
        if (refusal.isPresent() && primary.comparisons().stream().allMatch(arm -> arm.best() == null)) {
            Refusal of = refusal.get();
            boolean waits = of.code().equals("too_few_users") || of.code().equals("too_few_outcomes");
            return waits
                    ? notYet(of.reason(), -1)
                    : new Verdict.CannotKnow(of.code(), "Cannot know: " + of.reason() + "; " + of.remedy() + ".");
        }
        return notYet(intervals() + ", so that an effect is not shown", missing());
    }

    private Verdict notYet(String reason, long missing) {
        long planned = plan.plannedUsers() - users;
        if (plan.plannedUsers() > 0 && planned <= 0) {
            return new Verdict.CannotKnow(
                    "undecided",
                    "Cannot know: at the planned " + NumberTexts.count(plan.plannedUsers()) + " users " + reason + ".");
        }
        if (plan.plannedUsers() > 0) {
            return new Verdict.Wait(
                    planned,
                    "Wait: " + reason + ". " + NumberTexts.count(planned) + " of "
                            + NumberTexts.count(plan.plannedUsers()) + " planned users are missing" + days(planned)
                            + ".");
        }
        return new Verdict.Wait(
                missing,
                "Wait: " + reason + "."
                        + (missing > 0
                                ? " If the difference stays as it is, about " + NumberTexts.number((double) missing)
                                        + " users more would show it" + days(missing) + "."
                                : ""));
    }

    private String days(long missing) {
        double days = Math.ceil(missing / perDay);
        return days >= 1 && days < 10_000 ? ", " + (long) days + " days at the present rate" : "";
    }

    /** How many users more the best arm needs until its interval excludes no effect, if its estimate stays. */
    private long missing() {
        ComparisonReadout best = null;
        for (ComparisonReadout arm : primary.comparisons()) {
            if (arm.best() != null && (best == null || Math.abs(score(arm)) > Math.abs(score(best)))) {
                best = arm;
            }
        }
        if (best == null || score(best) == 0) {
            return -1;
        }
        ConfidenceSequence sequence = new ConfidenceSequence(plan.alpha(), plan.tunedUsers());
        double score = Math.abs(score(best));
        long enough = users;
        while (enough < MOST_USERS && score * Math.sqrt((double) enough / users) < sequence.criticalValue(enough)) {
            enough += Math.max(1, enough / 100);
        }
        return enough < MOST_USERS ? enough - users : -1;
    }

    private static double score(ComparisonReadout arm) {
        EffectReadout best = arm.best();
        return best == null ? 0 : best.estimate() / best.standardError();
    }

    private String intervals() {
        List<String> texts = primary.comparisons().stream()
                .filter(arm -> arm.best() != null)
                .map(arm -> "arm " + ArtifactText.quoted(arm.arm()) + " changes "
                        + ArtifactText.quoted(primary.metric().name()) + " by " + interval(primary.metric(), arm))
                .toList();
        return String.join(", ", texts);
    }

    private String interval(Metric metric, ComparisonReadout arm) {
        Inference of = arm.given().deciding(plan.singleLook());
        return ChangeTexts.changes(metric, of.lower(), of.upper());
    }

    private boolean shown(ComparisonReadout arm) {
        return arm.correctedPValue() < plan.alpha();
    }

    private static double estimate(ComparisonReadout arm) {
        EffectReadout best = arm.best();
        return best == null ? Double.NaN : best.estimate();
    }

    /** The largest gain that is not excluded; NaN if there is no difference. */
    private double mostGain(Metric metric, ComparisonReadout arm) {
        EffectReadout best = arm.best();
        if (best == null) {
            return Double.NaN;
        }
        Inference of = best.deciding(plan.singleLook());
        return metric.higherIsBetter() ? of.upper() : -of.lower();
    }

    /** The smallest gain that is not excluded; NaN if there is no difference. */
    private double leastGain(Metric metric, ComparisonReadout arm) {
        EffectReadout best = arm.best();
        if (best == null) {
            return Double.NaN;
        }
        Inference of = best.deciding(plan.singleLook());
        return metric.higherIsBetter() ? of.lower() : -of.upper();
    }
}
