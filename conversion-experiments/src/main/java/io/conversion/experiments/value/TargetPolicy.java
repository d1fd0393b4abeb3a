package io.conversion.experiments.value;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The policy whose value is asked for: the probability of each action that it would give the user of each logged decision.
 * Immutable and safe to share between threads.
 */
public final class TargetPolicy {

    /** How far probabilities may be from summing to 1 by rounding. */
    private static final double ROUNDING = 1e-6;

    private final String name;

    // Of each row the actions that are possible, one row behind the other; null where only that of the logged action is
    // known.
    private final int @Nullable [] starts;
    private final int[] actions;
    private final double[] probabilities;

    private final List<String> bands;
    private final int[] band;

    private TargetPolicy(
            String name,
            int @Nullable [] starts,
            int[] actions,
            double[] probabilities,
            List<String> bands,
            int[] band) {
        this.name = name;
        this.starts = starts;
        this.actions = actions;
        this.probabilities = probabilities;
        this.bands = List.copyOf(bands);
        this.band = band;
    }

    /**
     * A policy by its probabilities.
     *
     * @param name what it is called
     * @param probabilities for each decision of the log the probability of each of its actions, summing to 1
     * @return the policy
     * @throws IllegalArgumentException naming a row whose probabilities are out of range or do not sum to 1
     */
    public static TargetPolicy of(String name, double[][] probabilities) {
        Builder builder = builder(name);
        for (double[] row : probabilities) {
            int[] possible =
                    IntStream.range(0, row.length).filter(of -> row[of] != 0).toArray();
            builder.row(
                    possible, Arrays.stream(possible).mapToDouble(of -> row[of]).toArray());
        }
        return builder.build();
    }

    /**
     * A policy that gives each user one action.
     *
     * @param name what it is called
     * @param actions the place among the actions of the log of what it gives the user of each decision
     * @return the policy
     */
    public static TargetPolicy of(String name, int[] actions) {
        Builder builder = builder(name);
        for (int action : actions) {
            builder.row(new int[] {action}, new double[] {1});
        }
        return builder.build();
    }

    /**
     * A policy of which no more is known than how it treats the actions that were taken. There is no direct or doubly robust
     * estimate for it then, and what it would do that was never logged cannot be named.
     *
     * @param name what it is called
     * @param ofLogged the probability that it gives the logged action of each decision, 0 to 1
     * @return the policy
     * @throws IllegalArgumentException naming a row whose probability is out of range
     */
    public static TargetPolicy ofLoggedActions(String name, double[] ofLogged) {
        for (int row = 0; row < ofLogged.length; row++) {
            if (!(ofLogged[row] >= 0 && ofLogged[row] <= 1)) {
                throw new IllegalArgumentException("the probability of the policy in row " + row + " is "
                        + ofLogged[row] + "; it must be from 0 to 1");
            }
        }
        return new TargetPolicy(name, null, new int[0], ofLogged.clone(), List.of("all"), new int[ofLogged.length]);
    }

    /**
     * Starts a policy whose rows come one by one.
     *
     * @param name what it is called
     * @return what collects the rows
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Says in which band of the policy each user is. Each band is answered for by itself.
     *
     * @param names the names of the bands
     * @param ofRows the place among them of the band of each row
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as rows, or a band is not among the names
     */
    public TargetPolicy bands(List<String> names, int[] ofRows) {
        if (ofRows.length != size() || Arrays.stream(ofRows).anyMatch(of -> of < 0 || of >= names.size())) {
            throw new IllegalArgumentException("each of the " + size() + " rows needs a band, one of "
                    + String.join(", ", names.stream().map(ArtifactText::quoted).toList()));
        }
        return new TargetPolicy(name, starts, actions, probabilities, names, ofRows.clone());
    }

    /**
     * What the policy is called.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The number of rows.
     *
     * @return how many
     */
    public int size() {
        return band.length;
    }

    /**
     * The names of the bands.
     *
     * @return the names; {@code all} alone if none were said
     */
    public List<String> bands() {
        return bands;
    }

    /** Whether the probability of every action is known. */
    boolean isWhole() {
        return starts != null;
    }

    int band(int row) {
        return band[row];
    }

    /** The probability of an action that was logged in that row. */
    double ofLogged(int row, int logged) {
        if (starts == null) {
            return probabilities[row];
        }
        double sum = 0;
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            sum += actions[at] == logged ? probabilities[at] : 0;
        }
        return sum;
    }

    /** What is done with each action that is possible in a row. */
    interface Possible {
        void action(int action, double probability);
    }

    void each(int row, Possible possible) {
        int[] from = Objects.requireNonNull(starts);
        for (int at = from[row]; at < from[row + 1]; at++) {
            possible.action(actions[at], probabilities[at]);
        }
    }

    TargetPolicy rows(IntPredicate wanted) {
        int[] kept = IntStream.range(0, size()).filter(wanted).toArray();
        int[] ofBands = Arrays.stream(kept).map(row -> band[row]).toArray();
        if (starts == null) {
            return new TargetPolicy(
                    name,
                    null,
                    actions,
                    Arrays.stream(kept).mapToDouble(row -> probabilities[row]).toArray(),
                    bands,
                    ofBands);
        }
        Builder builder = builder(name);
        for (int row : kept) {
            builder.row(
                    Arrays.copyOfRange(actions, starts[row], starts[row + 1]),
                    Arrays.copyOfRange(probabilities, starts[row], starts[row + 1]));
        }
        TargetPolicy some = builder.build();
        return new TargetPolicy(name, some.starts, some.actions, some.probabilities, bands, ofBands);
    }

    /** Collects rows. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String name;
        private final List<int[]> actions = new ArrayList<>();
        private final List<double[]> probabilities = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Adds the row of the next decision.
         *
         * @param possible the places among the actions of the log of those that are possible
         * @param ofEach the probability of each, summing to 1
         * @return this
         * @throws IllegalArgumentException if a probability is out of range, or they do not sum to 1
         */
        public Builder row(int[] possible, double[] ofEach) {
            double sum = 0;
            for (double probability : ofEach) {
                if (!(probability >= 0 && probability <= 1)) {
                    throw new IllegalArgumentException("a probability of the policy in row " + actions.size() + " is "
                            + probability + "; it must be from 0 to 1");
                }
                sum += probability;
            }
            if (possible.length != ofEach.length || !(Math.abs(sum - 1) <= ROUNDING)) {
                throw new IllegalArgumentException("the probabilities of the policy in row " + actions.size()
                        + " sum to " + sum + "; they must sum to 1, one for each action");
            }
            actions.add(possible);
            probabilities.add(ofEach);
            return this;
        }

        /**
         * Ends the policy.
         *
         * @return the policy
         */
        public TargetPolicy build() {
            int[] starts = new int[actions.size() + 1];
            for (int row = 0; row < actions.size(); row++) {
                starts[row + 1] = starts[row] + actions.get(row).length;
            }
            return new TargetPolicy(
                    name,
                    starts,
                    actions.stream().flatMapToInt(Arrays::stream).toArray(),
                    probabilities.stream().flatMapToDouble(Arrays::stream).toArray(),
                    List.of("all"),
                    new int[actions.size()]);
        }
    }
}
