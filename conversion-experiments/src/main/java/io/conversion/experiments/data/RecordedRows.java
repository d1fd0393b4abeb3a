package io.conversion.experiments.data;

import io.conversion.experiments.Finding;
import io.conversion.experiments.value.LoggedDecisions;
import io.conversion.experiments.value.TargetPolicy;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Numbers the actions, strata and bands of recorded decisions. */
final class RecordedRows {

    private static final String LOG_ODDS = "log-odds";
    private static final String NO_SCORE = "without score";

    private final LoggedDecisions decisions;
    private final TargetPolicy target;

    private RecordedRows(LoggedDecisions decisions, TargetPolicy target) {
        this.decisions = decisions;
        this.target = target;
    }

    /** A decision on record, with the band and the probabilities of the other policy. */
    record Recorded(
            String action,
            double propensity,
            double logOdds,
            String stratum,
            String band,
            Map<String, Double> propensities) {}

    static RecordedRows of(Policy policy, int size, double[] outcome, IntFunction<Recorded> recorded) {
        Map<String, Integer> actions = new LinkedHashMap<>();
        Map<String, Integer> strata = new LinkedHashMap<>();
        Map<String, Integer> bands = new LinkedHashMap<>();
        policy.bands().stream().map(Band::segment).forEach(segment -> number(bands, segment));
        int[] action = new int[size];
        double[] propensity = new double[size];
        int[] stratum = new int[size];
        int[] band = new int[size];
        double[] logOdds = new double[size];
        double[] withoutScore = new double[size];
        boolean anyWithout = false;
        TargetPolicy.Builder target = TargetPolicy.builder(policy.name() + " " + policy.version());
        for (int i = 0; i < size; i++) {
            Recorded row = recorded.apply(i);
            action[i] = number(actions, row.action);
            propensity[i] = row.propensity;
            stratum[i] = number(strata, row.stratum);
            band[i] = number(bands, row.band);
            boolean without = Double.isNaN(row.logOdds);
            anyWithout |= without;
            withoutScore[i] = without ? 1 : 0;
            logOdds[i] = without ? 0 : row.logOdds;
            target.row(
                    row.propensities.keySet().stream()
                            .mapToInt(name -> number(actions, name))
                            .toArray(),
                    row.propensities.values().stream().mapToDouble(of -> of).toArray());
        }
        Map<String, double[]> covariates = new LinkedHashMap<>();
        covariates.put(LOG_ODDS, logOdds);
        if (anyWithout) {
            covariates.put(NO_SCORE, withoutScore);
        }
        return new RecordedRows(
                LoggedDecisions.of(List.copyOf(actions.keySet()), action, propensity, outcome)
                        .strata(stratum)
                        .covariates(covariates),
                target.build().bands(List.copyOf(bands.keySet()), band));
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return numbers.computeIfAbsent(name, of -> numbers.size());
    }

    RecordedLog about(List<Finding> findings, Map<String, String> sources) {
        return new RecordedLog(decisions.about(findings, sources), target);
    }
}
