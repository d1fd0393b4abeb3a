package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What users of an experiment did: for each the arm and a number in each column, in the order in which they came. A number
 * that is missing is NaN. Immutable and safe to share between threads.
 */
public final class UserTable {

    private final List<String> arms;
    private final int[] arm;
    private final Map<String, double[]> columns;
    private final int @Nullable [] clusters;
    private final About about;

    /** What is known beside the users: what was found while reading, what it was made of, and how many come in a day. */
    private record About(List<Finding> findings, Map<String, String> sources, double usersPerDay) {}

    private UserTable(
            List<String> arms, int[] arm, Map<String, double[]> columns, int @Nullable [] clusters, About about) {
        this.arms = List.copyOf(arms);
        this.arm = arm;
        this.columns = Collections.unmodifiableMap(columns);
        this.clusters = clusters;
        this.about = about;
    }

    /**
     * Makes a table.
     *
     * @param arms the names of the arms
     * @param arm the place of each user's arm among the names
     * @param columns the numbers of each user by column, NaN where missing, never infinite
     * @return the table
     * @throws IllegalArgumentException if columns have other lengths, or an arm is not among the names, or a number is infinite
     */
    public static UserTable of(List<String> arms, int[] arm, Map<String, double[]> columns) {
        Map<String, double[]> copies = new LinkedHashMap<>();
        for (int of : arm) {
            if (of < 0 || of >= arms.size()) {
                throw new IllegalArgumentException("an arm is " + of + "; there are " + arms.size());
            }
        }
        for (Map.Entry<String, double[]> column : columns.entrySet()) {
            double[] values = column.getValue().clone();
            if (values.length != arm.length) {
                throw new IllegalArgumentException("column " + ArtifactText.quoted(column.getKey()) + " has "
                        + values.length + " numbers for " + arm.length + " users");
            }
            for (double value : values) {
                if (Double.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "column " + ArtifactText.quoted(column.getKey()) + " has an infinite number");
                }
            }
            copies.put(column.getKey(), values);
        }
        return new UserTable(arms, arm.clone(), copies, null, new About(List.of(), Map.of(), Double.NaN));
    }

    /**
     * Says which users belong together, such as those of a shop.
     *
     * @param ofUsers the number of each user's cluster, from 0
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as users, or a number is below 0
     */
    public UserTable clusters(int[] ofUsers) {
        if (ofUsers.length != arm.length || Arrays.stream(ofUsers).anyMatch(of -> of < 0)) {
            throw new IllegalArgumentException("each of the " + arm.length + " users needs a cluster, numbered from 0");
        }
        return new UserTable(arms, arm, columns, ofUsers.clone(), about);
    }

    /**
     * Adds what was found while the table was read, such as users who were left out.
     *
     * @param found the findings
     * @return the changed copy
     */
    public UserTable findings(List<Finding> found) {
        List<Finding> all = new ArrayList<>(about.findings);
        all.addAll(found);
        return with(new About(List.copyOf(all), about.sources, about.usersPerDay));
    }

    /**
     * Names what the table was made of.
     *
     * @param digests the digest of each artifact by its name
     * @return the changed copy
     */
    public UserTable sources(Map<String, String> digests) {
        return with(new About(about.findings, new TreeMap<>(digests), about.usersPerDay));
    }

    /**
     * Says how many users come in a day, by which a read-out tells how long one has to wait.
     *
     * @param rate the users of all arms in a day; NaN if that is not known
     * @return the changed copy
     */
    public UserTable usersPerDay(double rate) {
        return with(new About(about.findings, about.sources, rate));
    }

    private UserTable with(About changed) {
        return new UserTable(arms, arm, columns, clusters, changed);
    }

    /**
     * Adds what each user was worth: the value of the outcome less what the user's arm costs. An action that makes users do more
     * can still lose money.
     *
     * @param name the name of the new column
     * @param outcome the column of the outcome
     * @param worth what one unit of the outcome brings
     * @param costs what each user of an arm costs, by arm; nothing where it is not said
     * @return the changed copy
     * @throws IllegalArgumentException if a cost is of an arm that is not there, or there is no such outcome
     */
    public UserTable net(String name, String outcome, double worth, Map<String, Double> costs) {
        for (String arm : costs.keySet()) {
            if (!arms.contains(arm)) {
                throw new IllegalArgumentException(
                        "a cost is of arm " + ArtifactText.quoted(arm) + ", which is not there; the arms are " + arms);
            }
        }
        double[] ofArm =
                arms.stream().mapToDouble(arm -> costs.getOrDefault(arm, 0.0)).toArray();
        double[] values = column(outcome);
        double[] net = new double[values.length];
        for (int user = 0; user < net.length; user++) {
            net[user] = worth * values[user] - ofArm[arm[user]];
        }
        Map<String, double[]> more = new LinkedHashMap<>(columns);
        more.put(name, net);
        return new UserTable(arms, arm, more, clusters, about);
    }

    /**
     * What all users together say of a metric, whatever their arm: by what an experiment on users like them is planned.
     *
     * @param metric the metric; users of whom a value is missing are left out
     * @return the sample
     * @throws IllegalArgumentException if the users have no such column
     */
    public Sample sample(Metric metric) {
        String[] names = metric.columns();
        double[][] values = new double[names.length][];
        for (int i = 0; i < names.length; i++) {
            values[i] = column(names[i]);
        }
        MomentSums sums = new MomentSums(names.length);
        for (int arm = 0; arm < arms.size(); arm++) {
            sums.add(sums(arm, values, user -> Arrays.stream(values).noneMatch(of -> Double.isNaN(of[user]))));
        }
        return Sample.of(sums.moments(), metric.value());
    }

    /**
     * The names of the arms.
     *
     * @return the names, in their order
     */
    public List<String> arms() {
        return arms;
    }

    /**
     * The number of users.
     *
     * @return how many, of all arms
     */
    public int size() {
        return arm.length;
    }

    List<Finding> findings() {
        return about.findings;
    }

    Map<String, String> sources() {
        return Collections.unmodifiableMap(about.sources);
    }

    double usersPerDay() {
        return about.usersPerDay;
    }

    int armOf(int user) {
        return arm[user];
    }

    int @Nullable [] clusters() {
        return clusters;
    }

    double[] column(String name) {
        double[] column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the users have no column " + ArtifactText.quoted(name));
        }
        return column;
    }

    long[] usersOfArms() {
        long[] users = new long[arms.size()];
        for (int of : arm) {
            users[of]++;
        }
        return users;
    }

    /** The sums of an arm over some columns, of the users that are wanted. */
    MomentSums sums(int ofArm, double[][] values, IntPredicate wanted) {
        MomentSums sums = new MomentSums(values.length);
        double[] row = new double[values.length];
        for (int user = 0; user < arm.length; user++) {
            if (arm[user] == ofArm && wanted.test(user)) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = values[i][user];
                }
                sums.add(row);
            }
        }
        return sums;
    }
}
