package io.conversion.model;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.LevelBasis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How many coefficients a fit has at least, before anything is fitted: one for each number and flag, one for each level but
 * the first, of which rare ones share one where shapes are chosen.
 *
 * @param all all of them
 * @param most the signals with the most levels, in words
 */
record NeededCoefficients(long all, List<String> most) {

    /** So many are fitted in seconds, and the gate says afterwards that they are too many. */
    private static final int HARMLESS = 200;

    private static final int NAMED = 3;

    static NeededCoefficients of(DataSet data, boolean pooled) {
        long all = 0;
        List<Signal> declared = data.schema().declared();
        record OfSignal(String name, int count) {}
        List<OfSignal> categorical = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            int count = 1;
            if (declared.get(i) instanceof CategoricalSignal signal) {
                count = levels(data.column(i), signal.levels().size(), pooled) - 1;
                categorical.add(new OfSignal(signal.name(), count));
            }
            all += count;
        }
        List<String> most = categorical.stream()
                .sorted(Comparator.comparingInt(OfSignal::count).reversed())
                .filter(signal -> signal.count() > 10)
                .limit(NAMED)
                .map(signal -> "signal " + ArtifactText.quoted(signal.name()) + " alone needs " + signal.count())
                .toList();
        return new NeededCoefficients(all, most);
    }

    private static int levels(double[] codes, int levels, boolean pooled) {
        if (!pooled) {
            return levels;
        }
        int[] rows = new int[levels];
        for (double code : codes) {
            if (code >= 0) {
                rows[(int) code]++;
            }
        }
        int frequent = 0;
        boolean rare = false;
        for (int count : rows) {
            frequent += count >= LevelBasis.RARE ? 1 : 0;
            rare |= count > 0 && count < LevelBasis.RARE;
        }
        return Math.max(1, frequent + (rare ? 1 : 0));
    }

    void refuseFewRows(int rarer) {
        double limit = GateLimits.defaults().rowsPerCoefficient().refused();
        double ratio = (double) rarer / Math.max(1, all);
        if (all > HARMLESS && ratio < limit) {
            throw new RefusedModelException(List.of(new GateCheck(
                    "rows_per_coefficient",
                    "",
                    ratio,
                    limit,
                    GateCheck.Verdict.REFUSED,
                    String.format(
                            Locale.ROOT,
                            "the rarer outcome has %,d rows for at least %,d coefficients%s; nothing was fitted, since %,d"
                                    + " rows are needed: give more rows, or fewer signals and levels, such as those that"
                                    + " the command signals keeps",
                            rarer,
                            all,
                            most.isEmpty() ? "" : " (" + String.join(", ", most) + ")",
                            (long) Math.ceil(limit * all)),
                    null)));
        }
    }
}
