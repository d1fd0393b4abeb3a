package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.ExperimentParts.ArmRange;
import io.conversion.policy.PolicyCheck.Problem;
import io.conversion.policy.internal.Wording;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Finds all that is wrong with the parts of an experiment. */
final class ExperimentCheck {

    private final ExperimentParts parts;
    private final Consumer<Problem> problems;

    private ExperimentCheck(ExperimentParts parts, Consumer<Problem> problems) {
        this.parts = parts;
        this.problems = problems;
    }

    static void check(ExperimentParts parts, Consumer<Problem> problems) {
        new ExperimentCheck(parts, problems).check();
    }

    private void check() {
        PolicyCheck.name("name", "its name", parts.name(), problems);
        PolicyCheck.name("version", "its version", parts.version(), problems);
        PolicyCheck.name("unit", "its unit", parts.unit(), problems);
        PolicyCheck.name("salt", "its salt", parts.salt(), problems);
        layer();
        arms();
        ranges();
        if (!parts.start().isBefore(parts.end())) {
            problem(
                    "end",
                    parts.end().toString(),
                    "expected a moment after the start, " + parts.start(),
                    "it ends at " + parts.end() + ", not after its start at " + parts.start());
        }
        if (parts.eligibility() != null) {
            new ConditionCheck("eligibility", "its eligibility", problems).check(parts.eligibility());
        }
        metrics();
        criteria();
        parts.forced().forEach((key, arm) -> {
            if (parts.arms().stream().noneMatch(of -> of.name().equals(arm))) {
                problem(
                        "forced/" + ArtifactText.inPointer(key),
                        ArtifactText.quoted(arm),
                        "expected the name of an arm",
                        "a key is forced into arm " + Wording.quoted(arm) + ", which it does not have");
            }
        });
    }

    private void layer() {
        Layer layer = parts.layer();
        PolicyCheck.name("layer/name", "the name of its layer", layer.name(), problems);
        PolicyCheck.name("layer/salt", "the salt of its layer", layer.salt(), problems);
        if (layer.salt().equals(parts.salt())) {
            problem(
                    "layer/salt",
                    "that of the experiment",
                    "expected another salt, since the draw of the layer would decide the arm, too",
                    "its layer has the salt of the experiment, so that the draw of the layer would decide the arm, too");
        }
        if (!(layer.from() >= 0 && layer.from() < 1)) {
            problems.accept(Problem.of(
                    "layer/from",
                    "the start of its part of the layer",
                    layer.from(),
                    "expected a number from 0 to below 1"));
        } else if (!(layer.share() > 0 && sum(layer.from(), layer.share()).compareTo(BigDecimal.ONE) <= 0)) {
            problems.accept(Problem.of(
                    "layer/share",
                    "its share of the layer",
                    layer.share(),
                    "expected a number above 0 that ends at most at 1"));
        }
    }

    private void arms() {
        if (parts.arms().size() < 2) {
            problem(
                    "arms",
                    parts.arms().size() + " of them",
                    "expected at least two arms",
                    "it has " + parts.arms().size() + " arms; an experiment has at least two");
        }
        Set<String> names = new HashSet<>();
        BigDecimal sum = BigDecimal.ZERO;
        boolean sound = true;
        for (int i = 0; i < parts.arms().size(); i++) {
            Arm arm = parts.arms().get(i);
            String at = "arms/" + i;
            PolicyCheck.name(at + "/name", "the name of arm " + (i + 1), arm.name(), problems);
            if (!names.add(arm.name())) {
                problem(
                        at + "/name",
                        ArtifactText.quoted(arm.name()) + " again",
                        "each arm has a name of its own",
                        "two arms have the name " + Wording.quoted(arm.name()));
            }
            if (!(arm.share() > 0 && arm.share() < 1)) {
                sound = false;
                problems.accept(Problem.of(
                        at + "/share",
                        "the share of arm " + Wording.quoted(arm.name()),
                        arm.share(),
                        "expected a number above 0 and below 1; leave an arm out that nobody is to get"));
            } else {
                sum = sum.add(BigDecimal.valueOf(arm.share()));
            }
        }
        if (sound && parts.arms().size() > 1 && sum.compareTo(BigDecimal.ONE) != 0) {
            String found = "shares that sum to " + sum.stripTrailingZeros().toPlainString();
            problem("arms", found, "expected shares that sum to 1", "its arms have " + found + "; they must sum to 1");
        }
        if (!names.contains(parts.control())) {
            problem(
                    "control",
                    ArtifactText.quoted(parts.control()),
                    "expected the name of an arm",
                    "its control " + Wording.quoted(parts.control()) + " is no arm");
        }
    }

    private static BigDecimal sum(double a, double b) {
        return BigDecimal.valueOf(a).add(BigDecimal.valueOf(b));
    }

    /** Ranges follow each other from 0 to 1, and give each arm its share. */
    private void ranges() {
        if (parts.ranges().isEmpty()) {
            return;
        }
        BigDecimal end = BigDecimal.ZERO;
        boolean meet = true;
        for (ArmRange range : parts.ranges()) {
            meet &= range.from().compareTo(end) == 0 && range.from().compareTo(range.to()) < 0;
            end = range.to();
        }
        meet &= end.compareTo(BigDecimal.ONE) == 0;
        for (Arm arm : parts.arms()) {
            BigDecimal has = parts.ranges().stream()
                    .filter(range -> range.arm().equals(arm.name()))
                    .map(range -> range.to().subtract(range.from()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            meet &= !Double.isFinite(arm.share()) || has.compareTo(BigDecimal.valueOf(arm.share())) == 0;
        }
        if (!meet) {
            problem(
                    "arms",
                    "ranges with gaps, overlaps or other sizes than the shares",
                    "expected ranges that cover 0 to 1 once and add up to the share of each arm",
                    "the ranges of its arms do not cover 0 to 1 once, or do not add up to the shares");
        }
    }

    private void metrics() {
        metric("primary", parts.primary(), false);
        Set<String> names = new HashSet<>(Set.of(parts.primary().name()));
        List<ExperimentMetric> guardrails = parts.guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            metric("guardrails/" + i, guardrails.get(i), true);
            if (!names.add(guardrails.get(i).name())) {
                problem(
                        "guardrails/" + i + "/name",
                        ArtifactText.quoted(guardrails.get(i).name()) + " again",
                        "each metric has a name of its own",
                        "two metrics have the name "
                                + Wording.quoted(guardrails.get(i).name()));
            }
        }
    }

    private void metric(String at, ExperimentMetric metric, boolean isGuardrail) {
        String named = "metric " + Wording.quoted(metric.name());
        PolicyCheck.name(at + "/name", "the name of a metric", metric.name(), problems);
        boolean isRatio = metric.kind() == ExperimentMetric.Kind.RATIO;
        if (isRatio != (metric.denominator() != null)) {
            problem(
                    at + "/denominator",
                    isRatio ? "missing" : "given",
                    "expected of a ratio, and of nothing else",
                    named + (isRatio ? " is a ratio without a denominator" : " has a denominator and is no ratio"));
        } else if (isRatio) {
            PolicyCheck.name(
                    at + "/denominator",
                    "the denominator of " + named,
                    Objects.requireNonNull(metric.denominator()),
                    problems);
        }
        if (!(metric.windowDays() >= 1 && metric.windowDays() <= 3650)) {
            problem(
                    at + "/window_days",
                    String.valueOf(metric.windowDays()),
                    "expected a number from 1 to 3650",
                    named + " has a window of " + metric.windowDays() + " days; it must be from 1 to 3650");
        }
        if (isGuardrail && !(metric.harm() >= 0 && metric.harm() < Double.POSITIVE_INFINITY)) {
            problems.accept(
                    Problem.of(at + "/harm", "the harm of " + named, metric.harm(), "expected a number of at least 0"));
        }
    }

    private void criteria() {
        ExperimentCriteria criteria = parts.criteria();
        if (!(criteria.plannedUsers() >= 1 && criteria.plannedUsers() <= 1L << 53)) {
            problem(
                    "planned_users",
                    String.valueOf(criteria.plannedUsers()),
                    "expected a number of at least 1",
                    "it plans " + criteria.plannedUsers() + " users; at least 1 is expected");
        }
        rate("false_positives", "its rate of false positives", criteria.falsePositives());
        rate("false_negatives", "its rate of false negatives", criteria.falseNegatives());
        if (!(criteria.smallestEffect() > 0 && criteria.smallestEffect() < Double.POSITIVE_INFINITY)) {
            problems.accept(Problem.of(
                    "smallest_effect",
                    "its smallest effect that matters",
                    criteria.smallestEffect(),
                    "expected a number above 0"));
        }
        if (!(criteria.sampleRatioTolerance() >= 0 && criteria.sampleRatioTolerance() < 1)) {
            problems.accept(Problem.of(
                    "sample_ratio_tolerance",
                    "the tolerance of its sample ratio",
                    criteria.sampleRatioTolerance(),
                    "expected a number from 0 to below 1"));
        }
    }

    private void rate(String at, String what, double rate) {
        if (!(rate > 0 && rate < 1)) {
            problems.accept(Problem.of(at, what, rate, "expected a number between 0 and 1"));
        }
    }

    private void problem(String at, String found, String expected, String sentence) {
        problems.accept(new Problem(at, found, expected, sentence));
    }
}
