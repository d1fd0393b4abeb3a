package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is wrong with a {@link ReadoutPlan}. */
final class ReadoutPlanCheck {

    /** Intervals with fewer errors than one in a billion looks are no intervals of doubles any more. */
    private static final double LEAST_ALPHA = 1e-9;

    private ReadoutPlanCheck() {}

    static List<String> problems(ReadoutPlan plan) {
        List<String> problems = new ArrayList<>();
        shares(plan, problems);
        Set<String> names = new HashSet<>();
        Set<String> outcomes = new HashSet<>();
        for (Metric metric : plan.metrics()) {
            if (!names.add(metric.name())) {
                problems.add("two metrics are named " + quoted(metric.name()));
            }
            outcomes.addAll(List.of(metric.columns()));
        }
        for (String covariate : plan.covariates()) {
            if (outcomes.contains(covariate)) {
                problems.add("covariate " + quoted(covariate)
                        + " is an outcome, too; what is known only after the assignment is no covariate");
            }
        }
        if (!(plan.alpha() >= LEAST_ALPHA && plan.alpha() < 1)) {
            problems.add("the error rate is " + plan.alpha() + "; it must be from " + LEAST_ALPHA + " to below 1");
        }
        if (plan.plannedUsers() < 0) {
            problems.add("the planned users are " + plan.plannedUsers() + "; they must be at least 1");
        }
        if (plan.smallestEffect() <= 0) {
            problems.add("the smallest effect that matters is " + plan.smallestEffect() + "; it must be above 0");
        }
        if (!(plan.tolerance() >= 0 && plan.tolerance() < 1)) {
            problems.add("the tolerance of shares is " + plan.tolerance() + "; it must be from 0 to below 1");
        }
        return problems;
    }

    private static void shares(ReadoutPlan plan, List<String> problems) {
        if (plan.shares().isEmpty()) {
            return;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Double> share : plan.shares().entrySet()) {
            if (!(share.getValue() > 0 && share.getValue() < 1)) {
                problems.add("the share of arm " + quoted(share.getKey()) + " is " + share.getValue()
                        + "; it must be between 0 and 1");
            } else {
                sum = sum.add(BigDecimal.valueOf(share.getValue()));
            }
        }
        // Thirds cannot be written down as decimals: what is left to 1 is less than anyone could see in users.
        if (problems.isEmpty() && sum.subtract(BigDecimal.ONE).abs().doubleValue() > 1e-9) {
            problems.add("the shares of the arms sum to "
                    + sum.stripTrailingZeros().toPlainString() + "; they must sum to 1");
        }
        if (!plan.shares().containsKey(plan.control())) {
            problems.add("the control " + quoted(plan.control()) + " has no share");
        }
    }

    static String quoted(String name) {
        return ArtifactText.quoted(name);
    }
}
