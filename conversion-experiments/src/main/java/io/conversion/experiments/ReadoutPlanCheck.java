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

    static List<String> problems(
            String control,
            Map<String, Double> shares,
            List<Metric> metrics,
            List<String> covariates,
            double alpha,
            long plannedUsers,
            double smallestEffect,
            double tolerance) {
        List<String> problems = new ArrayList<>();
        shares(control, shares, problems);
        if (metrics.isEmpty()) {
            problems.add("there is no metric");
        }
        Set<String> names = new HashSet<>();
        Set<String> outcomes = new HashSet<>();
        for (int i = 0; i < metrics.size(); i++) {
            if ((metrics.get(i).role() == Metric.Role.PRIMARY) != (i == 0)) {
                problems.add("metric " + ArtifactText.quoted(metrics.get(i).name())
                        + " must be primary if it is the first one, and only then");
            }
        }
        for (Metric metric : metrics) {
            if (!names.add(metric.name())) {
                problems.add("two metrics are named " + ArtifactText.quoted(metric.name()));
            }
            outcomes.addAll(List.of(metric.columns()));
        }
        for (String covariate : covariates) {
            if (outcomes.contains(covariate)) {
                problems.add("covariate " + ArtifactText.quoted(covariate)
                        + " is an outcome, too; what is known only after the assignment is no covariate");
            }
        }
        if (!(alpha >= LEAST_ALPHA && alpha < 1)) {
            problems.add("the error rate is " + alpha + "; it must be from " + LEAST_ALPHA + " to below 1");
        }
        if (plannedUsers < 0) {
            problems.add("the planned users are " + plannedUsers + "; they must be at least 1");
        }
        if (smallestEffect <= 0) {
            problems.add("the smallest effect that matters is " + smallestEffect + "; it must be above 0");
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            problems.add("the tolerance of shares is " + tolerance + "; it must be from 0 to below 1");
        }
        return problems;
    }

    private static void shares(String control, Map<String, Double> shares, List<String> problems) {
        if (shares.isEmpty()) {
            return;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            if (!(share.getValue() > 0 && share.getValue() < 1)) {
                problems.add("the share of arm " + ArtifactText.quoted(share.getKey()) + " is " + share.getValue()
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
        if (!shares.containsKey(control)) {
            problems.add("the control " + ArtifactText.quoted(control) + " has no share");
        }
    }
}
