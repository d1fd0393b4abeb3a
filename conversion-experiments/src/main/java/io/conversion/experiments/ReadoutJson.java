package io.conversion.experiments;

import static io.conversion.core.json.JsonText.object;

import io.conversion.core.json.JsonText;
import io.conversion.experiments.ComparisonReadout.AdjustedReadout;
import io.conversion.experiments.ComparisonReadout.ClusterReadout;
import io.conversion.experiments.ComparisonReadout.ExactReadout;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link Readout}. */
final class ReadoutJson {

    private ReadoutJson() {}

    static String of(Collection<Readout> readouts) {
        return JsonText.pretty(readouts.stream().map(ReadoutJson::map).toList());
    }

    static String of(Readout readout) {
        return JsonText.pretty(map(readout));
    }

    private static Map<String, Object> map(Readout readout) {
        ReadoutPlan plan = readout.plan();
        Map<String, Object> map = object("format", "conversion-readout", "format_version", 1, "name", plan.name());
        map.put("plan", plan(plan));
        if (!readout.sources().isEmpty()) {
            map.put("sources", readout.sources());
        }
        map.put("users", readout.users());
        map.put("health", health(readout.health()));
        map.put("metrics", readout.metrics().stream().map(ReadoutJson::metric).toList());
        if (!readout.groups().isEmpty()) {
            map.put("groups", readout.groups().stream().map(ReadoutJson::groups).toList());
        }
        if (!readout.path().isEmpty()) {
            map.put("path", path(readout.path()));
        }
        map.put("verdict", verdict(readout.verdict()));
        return map;
    }

    private static Map<String, Object> plan(ReadoutPlan plan) {
        Map<String, Object> map = object("control", plan.control());
        if (!plan.shares().isEmpty()) {
            map.put("shares", plan.shares());
        }
        map.put("alpha", plan.alpha());
        map.put("method", plan.singleLook() ? "fixed" : "anytime");
        if (plan.plannedUsers() > 0) {
            map.put("planned_users", plan.plannedUsers());
        }
        map.put("tuned_users", plan.tunedUsers());
        number(map, "smallest_effect", plan.smallestEffect());
        if (!plan.covariates().isEmpty()) {
            map.put("covariates", plan.covariates());
        }
        return map;
    }

    private static Map<String, Object> health(Health health) {
        Map<String, Object> map = new LinkedHashMap<>();
        SampleRatio ratio = health.sampleRatio();
        if (ratio != null) {
            map.put(
                    "sample_ratio",
                    object(
                            "chi_square",
                            ratio.chiSquare(),
                            "p_value",
                            ratio.pValue(),
                            "sequential_p_value",
                            ratio.sequentialPValue()));
        }
        map.put(
                "findings",
                health.findings().stream()
                        .map(finding -> object(
                                "code", finding.code(),
                                "severity", lower(finding.severity()),
                                "sentence", finding.sentence()))
                        .toList());
        return map;
    }

    private static Map<String, Object> metric(MetricReadout readout) {
        Metric metric = readout.metric();
        Map<String, Object> map = object(
                "name", metric.name(),
                "kind", lower(metric.kind()),
                "role", lower(metric.role()),
                "better", metric.higherIsBetter() ? "higher" : "lower");
        number(map, "harm", metric.harm());
        map.put(
                "arms",
                readout.arms().stream()
                        .map(arm -> {
                            Map<String, Object> values = object(
                                    "name", arm.name(), "users", arm.sample().users());
                            number(values, "mean", arm.sample().mean());
                            number(values, "variance", arm.sample().variance());
                            if (arm.rate() != null) {
                                values.put(
                                        "anytime",
                                        object(
                                                "lower",
                                                arm.rate().lower(),
                                                "upper",
                                                arm.rate().upper()));
                            }
                            return values;
                        })
                        .toList());
        map.put(
                "comparisons",
                readout.comparisons().stream().map(ReadoutJson::comparison).toList());
        return map;
    }

    private static Map<String, Object> comparison(ComparisonReadout comparison) {
        Map<String, Object> map = object("arm", comparison.arm());
        Refusal refusal = comparison.refusal();
        if (refusal != null) {
            map.put("refused", object("code", refusal.code(), "reason", refusal.reason(), "remedy", refusal.remedy()));
        }
        effect(map, "difference", comparison.difference());
        effect(map, "relative", comparison.relative());
        AdjustedReadout adjusted = comparison.adjusted();
        if (adjusted != null) {
            Map<String, Object> effect = effect(adjusted.difference());
            effect.put("variance_reduction", adjusted.varianceReduction());
            map.put("adjusted", effect);
        }
        ClusterReadout clusters = comparison.clusters();
        if (clusters != null) {
            map.put(
                    "clusters",
                    object(
                            "control", clusters.control(),
                            "treatment", clusters.treatment(),
                            "degrees_of_freedom", clusters.degreesOfFreedom(),
                            "standard_error_cr1", clusters.simpleError(),
                            "design_effect", clusters.designEffect()));
        }
        ExactReadout exact = comparison.exact();
        if (exact != null) {
            Map<String, Object> values = object("e_value", Math.min(exact.evidence(), Double.MAX_VALUE));
            if (exact.effect() != null) {
                values.putAll(inference(exact.effect()));
            }
            map.put("exact", values);
        }
        number(map, "corrected_p_value", comparison.correctedPValue());
        return map;
    }

    private static Map<String, Object> groups(GroupsReadout readout) {
        Map<String, Object> map =
                object("arm", readout.arm(), "covariate", readout.covariate(), "difference_p_value", readout.pValue());
        if (!readout.groups().isEmpty()) {
            map.put(
                    "groups",
                    readout.groups().stream()
                            .map(group -> {
                                Map<String, Object> of =
                                        object("from", group.from(), "to", group.to(), "users", group.users());
                                of.putAll(effect(group.effect()));
                                return of;
                            })
                            .toList());
        }
        map.put("together", effect(readout.together()));
        return map;
    }

    /** Each look with the intervals and p-values of all looks so far together: an anytime one only ever gets narrower. */
    private static List<Object> path(List<PathPoint> path) {
        Map<String, Inference> running = new LinkedHashMap<>();
        List<Object> looks = new ArrayList<>();
        for (PathPoint point : path) {
            List<Object> arms = new ArrayList<>();
            for (ComparisonReadout comparison : point.comparisons()) {
                Map<String, Object> map = object("arm", comparison.arm());
                EffectReadout best = comparison.best();
                if (best != null) {
                    Inference now = best.anytime();
                    Inference before = running.getOrDefault(comparison.arm(), now);
                    Inference together = new Inference(
                            Math.max(before.lower(), now.lower()),
                            Math.min(before.upper(), now.upper()),
                            Math.min(before.pValue(), now.pValue()));
                    running.put(comparison.arm(), together);
                    map.putAll(effect(best));
                    map.put("running", inference(together));
                }
                arms.add(map);
            }
            looks.add(object("label", point.label(), "users", point.users(), "arms", arms));
        }
        return looks;
    }

    private static void effect(Map<String, Object> map, String key, @Nullable EffectReadout effect) {
        if (effect != null) {
            map.put(key, effect(effect));
        }
    }

    private static Map<String, Object> effect(EffectReadout effect) {
        return object(
                "estimate", effect.estimate(),
                "standard_error", effect.standardError(),
                "fixed", inference(effect.fixed()),
                "anytime", inference(effect.anytime()));
    }

    private static Map<String, Object> inference(Inference inference) {
        return object("lower", inference.lower(), "upper", inference.upper(), "p_value", inference.pValue());
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> map = object("kind", verdict.kind());
        if (verdict instanceof Verdict.Act act) {
            map.put("arm", act.arm());
        } else if (verdict instanceof Verdict.Stop stop) {
            map.put("reason", stop.reason());
        } else if (verdict instanceof Verdict.CannotKnow cannotKnow) {
            map.put("reason", cannotKnow.reason());
        } else if (verdict instanceof Verdict.Wait wait && wait.missingUsers() > 0) {
            map.put("missing_users", wait.missingUsers());
        }
        map.put("sentence", verdict.sentence());
        return map;
    }

    private static void number(Map<String, Object> map, String key, double value) {
        if (Double.isFinite(value)) {
            map.put(key, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
