package io.conversion.experiments.value;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as they were made: for each the action, the probability with which it was taken, and what came of it, in the
 * order in which they were made. Immutable and safe to share between threads.
 *
 * <p>The reward of a decision is {@code worth * outcome - cost of its action}; at first the outcome itself.
 */
public final class LoggedDecisions {

    private final List<String> actions;
    private final int[] action;
    private final double[] propensity;
    private final double[] outcome;
    private final Beside beside;

    /** What is known beside what every log has. */
    private static final class Beside {

        private final long @Nullable [] units;
        private final int[] strata;
        private final Map<String, double[]> covariates;
        private final double worth;
        private final double[] costs;
        private final List<Finding> findings;
        private final Map<String, String> sources;

        Beside(
                long @Nullable [] units,
                int[] strata,
                Map<String, double[]> covariates,
                double worth,
                double[] costs,
                List<Finding> findings,
                Map<String, String> sources) {
            this.units = units;
            this.strata = strata;
            this.covariates = covariates;
            this.worth = worth;
            this.costs = costs;
            this.findings = findings;
            this.sources = sources;
        }

        Beside units(long[] of) {
            return new Beside(of, strata, covariates, worth, costs, findings, sources);
        }

        Beside strata(int[] of) {
            return new Beside(units, of, covariates, worth, costs, findings, sources);
        }

        Beside covariates(Map<String, double[]> of) {
            return new Beside(units, strata, of, worth, costs, findings, sources);
        }

        Beside net(double of, double[] less) {
            return new Beside(units, strata, covariates, of, less, findings, sources);
        }

        Beside about(List<Finding> found, Map<String, String> from) {
            return new Beside(units, strata, covariates, worth, costs, found, from);
        }
    }

    private LoggedDecisions(List<String> actions, int[] action, double[] propensity, double[] outcome, Beside beside) {
        this.actions = List.copyOf(actions);
        this.action = action;
        this.propensity = propensity;
        this.outcome = outcome;
        this.beside = beside;
    }

    /**
     * Makes a log.
     *
     * @param actions the names of all actions
     * @param action the place of each decision's action among them
     * @param propensity the probability with which that action was taken, above 0 and at most 1
     * @param outcome what came of it, such as 1 for a conversion; finite
     * @return the log
     * @throws IllegalArgumentException naming the first row whose numbers are out of range, if there is any, or if there is no
     *     decision, or the arrays are of several lengths
     */
    public static LoggedDecisions of(List<String> actions, int[] action, double[] propensity, double[] outcome) {
        if (action.length == 0 || propensity.length != action.length || outcome.length != action.length) {
            throw new IllegalArgumentException("there are " + action.length + " actions, " + propensity.length
                    + " propensities and " + outcome.length + " outcomes; each decision has one of each");
        }
        for (int row = 0; row < action.length; row++) {
            if (action[row] < 0 || action[row] >= actions.size()) {
                throw new IllegalArgumentException(
                        "the action of row " + row + " is number " + action[row] + "; there are " + actions.size());
            }
            if (!(propensity[row] > 0 && propensity[row] <= 1)) {
                throw new IllegalArgumentException("the propensity of row " + row + " is " + propensity[row]
                        + "; an action that was taken has a probability above 0 and at most 1");
            }
            if (!Double.isFinite(outcome[row])) {
                throw new IllegalArgumentException("the outcome of row " + row + " is " + outcome[row]
                        + "; leave out a decision whose outcome is not known");
            }
        }
        return new LoggedDecisions(
                actions,
                action.clone(),
                propensity.clone(),
                outcome.clone(),
                new Beside(null, new int[action.length], Map.of(), 1, new double[actions.size()], List.of(), Map.of()));
    }

    /**
     * Says whose decisions they are, where a user has several: those of a user are not independent.
     *
     * @param ofRows a number that tells the user of each decision from others, such as a hash of the key
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as decisions
     */
    public LoggedDecisions units(long[] ofRows) {
        requireRows("a user", ofRows.length);
        return with(beside.units(ofRows.clone()));
    }

    /**
     * Says where the same actions could be taken, such as in one band of the policy that was in force: the propensities of each
     * action are checked against how often it was taken there.
     *
     * @param ofRows the number of each decision's stratum, from 0
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as decisions, or a number is below 0
     */
    public LoggedDecisions strata(int[] ofRows) {
        requireRows("a stratum", ofRows.length);
        if (Arrays.stream(ofRows).anyMatch(of -> of < 0)) {
            throw new IllegalArgumentException("strata are numbered from 0");
        }
        return with(beside.strata(ofRows.clone()));
    }

    /**
     * Adds what was known of users before the decision, by which a reward model tells them apart.
     *
     * @param columns the numbers of each decision by name, finite
     * @return the changed copy
     * @throws IllegalArgumentException if a column has not as many numbers as there are decisions, or one is not finite
     */
    public LoggedDecisions covariates(Map<String, double[]> columns) {
        Map<String, double[]> copies = new LinkedHashMap<>();
        columns.forEach((name, values) -> {
            requireRows("a number of " + ArtifactText.quoted(name), values.length);
            if (Arrays.stream(values).anyMatch(value -> !Double.isFinite(value))) {
                throw new IllegalArgumentException(
                        ArtifactText.quoted(name) + " has a number that is missing or infinite");
            }
            copies.put(name, values.clone());
        });
        return with(beside.covariates(Collections.unmodifiableMap(copies)));
    }

    /**
     * Says what outcomes are worth and actions cost.
     *
     * @param worth what one unit of the outcome brings, finite
     * @param costs what each decision for an action costs, by action; nothing where it is not said
     * @return the changed copy
     * @throws IllegalArgumentException if a number is not finite, or a cost is of an action that is not there
     */
    public LoggedDecisions net(double worth, Map<String, Double> costs) {
        double[] ofActions = new double[actions.size()];
        costs.forEach((name, cost) -> {
            if (!actions.contains(name) || !Double.isFinite(cost)) {
                throw new IllegalArgumentException("the cost of " + ArtifactText.quoted(name) + " is " + cost
                        + "; costs are finite numbers of the actions " + names());
            }
            ofActions[actions.indexOf(name)] = cost;
        });
        if (!Double.isFinite(worth)) {
            throw new IllegalArgumentException("the worth of an outcome is " + worth + "; it must be finite");
        }
        return with(beside.net(worth, ofActions));
    }

    /**
     * Adds what was found while the log was read, and what it was made of.
     *
     * @param found the findings
     * @param digests the digest of each artifact by its name
     * @return the changed copy
     */
    public LoggedDecisions about(List<Finding> found, Map<String, String> digests) {
        List<Finding> all = new ArrayList<>(beside.findings);
        all.addAll(found);
        Map<String, String> from = new TreeMap<>(beside.sources);
        from.putAll(digests);
        return with(beside.about(List.copyOf(all), Collections.unmodifiableMap(from)));
    }

    private LoggedDecisions with(Beside changed) {
        return new LoggedDecisions(actions, action, propensity, outcome, changed);
    }

    /** The decisions that are wanted, in their order. */
    LoggedDecisions rows(IntPredicate wanted) {
        int[] kept = IntStream.range(0, action.length).filter(wanted).toArray();
        long[] units = beside.units;
        Map<String, double[]> covariates = new LinkedHashMap<>();
        beside.covariates.forEach((name, values) -> covariates.put(name, pick(values, kept)));
        return new LoggedDecisions(
                actions,
                Arrays.stream(kept).map(row -> action[row]).toArray(),
                pick(propensity, kept),
                pick(outcome, kept),
                new Beside(
                        units == null
                                ? null
                                : Arrays.stream(kept)
                                        .mapToLong(row -> units[row])
                                        .toArray(),
                        Arrays.stream(kept).map(row -> beside.strata[row]).toArray(),
                        covariates,
                        beside.worth,
                        beside.costs,
                        List.of(),
                        Map.of()));
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    private void requireRows(String what, int given) {
        if (given != action.length) {
            throw new IllegalArgumentException(
                    "each of the " + action.length + " decisions needs " + what + ", but " + given + " were given");
        }
    }

    /**
     * The number of decisions.
     *
     * @return how many, at least 1
     */
    public int size() {
        return action.length;
    }

    /**
     * The names of the actions.
     *
     * @return the names, in their order
     */
    public List<String> actions() {
        return actions;
    }

    /**
     * What was found while the log was read.
     *
     * @return the findings
     */
    public List<Finding> findings() {
        return beside.findings;
    }

    /**
     * What the log was made of.
     *
     * @return the digest of each artifact by its name
     */
    public Map<String, String> sources() {
        return beside.sources;
    }

    int action(int row) {
        return action[row];
    }

    double propensity(int row) {
        return propensity[row];
    }

    double outcome(int row) {
        return outcome[row];
    }

    double reward(int row) {
        return reward(action[row], outcome[row]);
    }

    /** What an action brings whose outcome is known, or expected. */
    double reward(int of, double out) {
        return beside.worth * out - beside.costs[of];
    }

    int stratum(int row) {
        return beside.strata[row];
    }

    long @Nullable [] units() {
        return beside.units;
    }

    Map<String, double[]> covariates() {
        return beside.covariates;
    }

    boolean hasBinaryOutcome() {
        return Arrays.stream(outcome).allMatch(of -> of == 0 || of == 1);
    }

    /** Whether a value is a share of decisions, and no money. */
    boolean isShare() {
        return hasBinaryOutcome()
                && beside.worth == 1
                && Arrays.stream(beside.costs).allMatch(cost -> cost == 0);
    }

    /** The least and the largest reward that outcomes from {@code lowest} to {@code highest} can bring. */
    double[] rewardRange(double lowest, double highest) {
        double cheapest = Arrays.stream(beside.costs).min().orElse(0);
        double dearest = Arrays.stream(beside.costs).max().orElse(0);
        double one = beside.worth * lowest;
        double other = beside.worth * highest;
        return new double[] {Math.min(one, other) - dearest, Math.max(one, other) - cheapest};
    }

    private String names() {
        return String.join(", ", actions.stream().map(ArtifactText::quoted).toList());
    }
}
