package io.conversion.experiments.value;

import static io.conversion.core.json.JsonText.object;

import io.conversion.core.json.JsonText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Interval;
import io.conversion.experiments.value.ValueAnswer.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link OffPolicyReadout}. */
final class ValueJson {

    private ValueJson() {}

    static String of(OffPolicyReadout readout) {
        Map<String, Object> map =
                object("format", "conversion-policy-value", "format_version", 1, "policy", readout.policy());
        if (!readout.log().sources().isEmpty()) {
            map.put("sources", readout.log().sources());
        }
        SupportLimits limits = readout.limits();
        map.put("alpha", readout.alpha());
        map.put(
                "limits",
                object(
                        "effective_users", limits.effectiveUsers(),
                        "effective_share", limits.effectiveShare(),
                        "largest_share", limits.largestShare(),
                        "effective_outcomes", limits.effectiveOutcomes(),
                        "weight_bound", limits.weightBound(),
                        "p_value", limits.alpha()));
        map.put(
                "logged",
                object(
                        "value",
                        readout.logged().value(),
                        "standard_error",
                        finite(readout.logged().standardError())));
        map.put("answer", answer(readout.answer()));
        if (!readout.bands().isEmpty()) {
            map.put(
                    "bands",
                    readout.bands().stream()
                            .map(band -> object(
                                    "band", band.band(),
                                    "decisions", band.decisions(),
                                    "logged", band.logged(),
                                    "answer", answer(band.answer())))
                            .toList());
        }
        map.put("against_logged", difference(readout.againstLogged()));
        map.put("findings", findings(readout.log().findings()));
        map.put("kind", lower(readout.kind()));
        map.put("sentence", readout.sentence());
        return JsonText.pretty(map);
    }

    private static Map<String, Object> answer(ValueAnswer answer) {
        Map<String, Object> map = object("support", support(answer.support()));
        if (answer instanceof Refused refused) {
            map.put("refused", refusals(refused.refusals()));
        } else if (answer instanceof Estimated value) {
            map.put("value", value.best().value());
            map.put("standard_error", value.best().standardError());
            map.put("estimator", lower(value.best().estimator()));
            interval(map, "fixed", value.interval());
            interval(map, "bernstein", value.bernstein());
            interval(map, "anytime", value.anytime());
            map.put(
                    "estimates",
                    value.estimates().stream().map(ValueJson::estimate).toList());
            map.put("findings", findings(value.findings()));
        }
        return map;
    }

    private static Map<String, Object> estimate(ValueEstimate estimate) {
        Map<String, Object> map = object("estimator", lower(estimate.estimator()), "value", estimate.value());
        number(map, "standard_error", estimate.standardError());
        number(map, "bound", estimate.bound());
        return map;
    }

    private static Map<String, Object> support(Support support) {
        Map<String, Object> map = object("decisions", support.decisions(), "users", support.users());
        map.put("mean_weight", support.meanWeight());
        number(map, "mean_weight_error", support.meanWeightError());
        map.put("mean_weight_p_value", support.meanWeightPValue());
        map.put("effective_users", support.effectiveUsers());
        map.put("largest_share", support.largestShare());
        map.put("bounded_share", support.boundedShare());
        map.put("effective_outcomes", support.effectiveOutcomes());
        map.put(
                "actions",
                support.actions().stream()
                        .map(check -> {
                            Map<String, Object> of = object("action", check.action(), "decisions", check.decisions());
                            number(of, "mean_inverse", check.meanInverse());
                            number(of, "standard_error", check.standardError());
                            number(of, "z", check.z());
                            number(of, "p_value", check.pValue());
                            return of;
                        })
                        .toList());
        map.put(
                "gaps",
                support.gaps().stream()
                        .map(gap -> object(
                                "band", gap.band(),
                                "action", gap.action(),
                                "decisions", gap.decisions(),
                                "share", gap.share()))
                        .toList());
        return map;
    }

    private static Map<String, Object> difference(PolicyDifference difference) {
        Map<String, Object> map = object("other", difference.other());
        ValueEstimate estimate = difference.estimate();
        if (estimate != null) {
            map.put("difference", estimate.value());
            number(map, "standard_error", estimate.standardError());
            interval(map, "fixed", difference.interval());
        } else {
            map.put("refused", refusals(difference.refusals()));
        }
        return map;
    }

    private static List<Object> refusals(List<Refusal> refusals) {
        return refusals.stream()
                .<Object>map(refusal -> object(
                        "code", refusal.code(),
                        "reason", refusal.reason(),
                        "remedy", refusal.remedy()))
                .toList();
    }

    private static List<Object> findings(List<Finding> findings) {
        return findings.stream()
                .<Object>map(finding -> object(
                        "code", finding.code(),
                        "severity", lower(finding.severity()),
                        "sentence", finding.sentence()))
                .toList();
    }

    private static void interval(Map<String, Object> map, String key, @Nullable Interval interval) {
        if (interval != null) {
            map.put(key, object("lower", interval.lower(), "upper", interval.upper()));
        }
    }

    private static void number(Map<String, Object> map, String key, double value) {
        if (Double.isFinite(value)) {
            map.put(key, value);
        }
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
