package io.conversion.model.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What it takes to see what the actions of a policy change, band by band. */
final class ExperimentSection {

    private ExperimentSection() {}

    /** The highest band first; a band that does what is done without the policy has nothing to show. */
    static List<Map<String, Object>> of(ReportPolicy policy) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int k = policy.bands().size() - 1; k >= 0; k--) {
            ReportBand band = policy.bands().get(k);
            OptionalDouble rate = band.volume().predicted();
            if (rate.isPresent()
                    && rate.getAsDouble() > 0
                    && rate.getAsDouble() < 1
                    && !band.action().equals(policy.withoutAction())) {
                rows.add(row(band, ExperimentSize.of(rate.getAsDouble())));
            }
        }
        return rows;
    }

    private static Map<String, Object> row(ReportBand band, ExperimentSize size) {
        long users = band.volume().users();
        long group = (long) Math.ceil(size.perGroup());
        return Map.of(
                "segment", band.segment(),
                "action", band.action(),
                "rate", rate(size.control()),
                "treated", rate(size.treated()),
                "group", ReportText.count(group),
                "users", ReportText.count(users),
                "control", control(size, users, group),
                "smallest",
                        ExperimentSize.smallestChange(size.control(), users).stream()
                                .mapToObj(change -> "+" + ReportText.percent(change))
                                .findFirst()
                                .orElse("none"));
    }

    /** With a decimal, since the two rates may be near to one another. */
    private static String rate(double rate) {
        return rate < 0.1 ? ReportText.percent(rate) : ReportText.decimals(100 * rate, 1) + "\u00a0%";
    }

    private static String control(ExperimentSize size, long users, long group) {
        OptionalDouble share = size.leastControl(users);
        return share.isPresent()
                ? ReportText.percent(share.getAsDouble()) + " of them at least"
                : "not with these: it takes " + ReportText.decimals(2.0 * group / users, 1) + " times as many";
    }
}
