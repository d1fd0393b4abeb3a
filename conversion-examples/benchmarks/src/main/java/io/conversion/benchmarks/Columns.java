package io.conversion.benchmarks;

import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Users as columns, one array per signal of the {@link BenchmarkModel}, and as rows. The arrays are live. */
final class Columns {

    private final double[][] numerics;
    private final int[][] levels;
    private final boolean[] flags;

    /**
     * Makes room for users whose every value is 0, the first level or false.
     *
     * @param users how many
     */
    Columns(int users) {
        numerics = new double[BenchmarkModel.NUMERICS.size()][users];
        levels = new int[BenchmarkModel.CATEGORICALS.size()][users];
        flags = new boolean[users];
    }

    /**
     * How many users there are.
     *
     * @return the number of rows
     */
    int size() {
        return flags.length;
    }

    /**
     * The numeric values.
     *
     * @return by signal, then by user
     */
    double[][] numerics() {
        return numerics;
    }

    /**
     * The codes of the levels: 0 is the first level.
     *
     * @return by signal, then by user
     */
    int[][] levels() {
        return levels;
    }

    /**
     * The values of the flag.
     *
     * @return by user
     */
    boolean[] flags() {
        return flags;
    }

    /**
     * One user as an application would have it: {@link Integer} or {@link Double}, the level's name, {@link Boolean}.
     *
     * @param row which user
     * @return the values by signal name
     */
    Map<String, Object> row(int row) {
        // Not Map.of: the order of its entries, and with it the time of a look-up, differs from one JVM to the next.
        Map<String, Object> user = new LinkedHashMap<>();
        for (int i = 0; i < numerics.length; i++) {
            Numeric signal = BenchmarkModel.NUMERICS.get(i);
            double value = numerics[i][row];
            user.put(signal.name(), boxed(value, signal.whole()));
        }
        for (int i = 0; i < levels.length; i++) {
            Categorical signal = BenchmarkModel.CATEGORICALS.get(i);
            user.put(signal.name(), signal.levels().get(levels[i][row]));
        }
        user.put(BenchmarkModel.FLAG, flags[row]);
        return user;
    }

    /**
     * All users as {@link #row(int)} gives them.
     *
     * @return the rows, in order
     */
    List<Map<String, Object>> rows() {
        return IntStream.range(0, size()).mapToObj(this::row).toList();
    }

    private static Object boxed(double value, boolean whole) {
        // Not the conditional operator: it would make the Integer a Double.
        if (whole) {
            return (int) value;
        }
        return value;
    }
}
