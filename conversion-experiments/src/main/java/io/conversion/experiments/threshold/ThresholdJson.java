package io.conversion.experiments.threshold;

import static io.conversion.core.json.JsonText.object;

import io.conversion.core.json.JsonText;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.statistics.Inference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link ThresholdEffect}. */
final class ThresholdJson {

    private ThresholdJson() {}

    static String of(ThresholdEffect answer) {
        return JsonText.pretty(map(answer));
    }

    static String of(Collection<ThresholdEffect> answers) {
        return JsonText.pretty(answers.stream().map(ThresholdJson::map).toList());
    }

    private static Map<String, Object> map(ThresholdEffect answer) {
        Map<String, Object> map = object("format", "conversion-threshold-effect", "format_version", 1);
        map.put("plan", plan(answer.plan()));
        map.put("rows", answer.rows());
        map.put("outcome", answer.isShare() ? "share" : "mean");
        near(map, "below", answer.below());
        near(map, "above", answer.above());
        DensityTest density = answer.density();
        if (density != null) {
            map.put("density", density(density));
        }
        LocalEffect effect = answer.effect();
        if (effect != null) {
            map.put("effect", effect(effect));
        }
        Refusal refusal = answer.refusal();
        if (refusal != null) {
            map.put("refused", object("code", refusal.code(), "reason", refusal.reason(), "remedy", refusal.remedy()));
        }
        map.put("placebos", jumps(answer.placebos()));
        map.put("covariates", jumps(answer.covariates()));
        map.put(
                "findings",
                answer.findings().stream()
                        .map(finding -> object(
                                "code", finding.code(),
                                "severity", lower(finding.severity()),
                                "sentence", finding.sentence()))
                        .toList());
        return map;
    }

    private static Map<String, Object> plan(ThresholdPlan plan) {
        ThresholdLimits limits = plan.limits();
        Map<String, Object> map = object("bound", plan.bound());
        if (!plan.action().isEmpty()) {
            map.put("action", plan.action());
        }
        map.put("alpha", plan.alpha());
        map.put("bound_known", plan.boundKnown());
        map.put("error", lower(plan.error()));
        map.put(
                "limits",
                object(
                        "least_users", limits.leastUsers(),
                        "least_outcomes", limits.leastOutcomes(),
                        "least_values", limits.leastValues(),
                        "least_units", limits.leastUnits(),
                        "most_decided_by_others", limits.mostDecidedByOthers(),
                        "most_exceptions", limits.mostExceptions(),
                        "density_alpha", limits.densityAlpha()));
        return map;
    }

    private static void near(Map<String, Object> map, String key, @Nullable NearBound near) {
        if (near != null) {
            Map<String, Object> values = object("rows", near.rows(), "units", near.units(), "values", near.values());
            if (Double.isFinite(near.mean())) {
                values.put("mean", near.mean());
            }
            map.put(key, values);
        }
    }

    private static Map<String, Object> density(DensityTest density) {
        return object(
                "below", density.below(),
                "above", density.above(),
                "standard_error", density.standardError(),
                "p_value", density.pValue(),
                "bandwidth_below", density.bandwidthBelow(),
                "bandwidth_above", density.bandwidthAbove());
    }

    private static Map<String, Object> effect(LocalEffect effect) {
        Map<String, Object> map = object("estimate", effect.estimate(), "standard_error", effect.standardError());
        map.putAll(inference(effect.inference()));
        map.put("level_below", effect.levelBelow());
        map.put("line", object("estimate", effect.line(), "standard_error", effect.lineError()));
        map.put("bandwidth", effect.bandwidth());
        map.put("bias_bandwidth", effect.biasBandwidth());
        return map;
    }

    private static List<Map<String, Object>> jumps(List<NamedJump> jumps) {
        return jumps.stream()
                .map(jump -> {
                    Map<String, Object> map = new LinkedHashMap<>(
                            object("name", jump.name(), "at", jump.at(), "estimate", jump.estimate()));
                    map.putAll(inference(jump.inference()));
                    return map;
                })
                .toList();
    }

    private static Map<String, Object> inference(Inference inference) {
        return object("lower", inference.lower(), "upper", inference.upper(), "p_value", inference.pValue());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
