package io.conversion.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a set of rows says, without the set. */
class OutcomeValuesPropertyTest {

    private record Row(int user, long moment, double value) {}

    /** Few users, moments and values, so that many rows are there twice, and zeros of both signs, which differ. */
    private static List<Row> rows(int size, int users, Random random) {
        double[] values = {-1.5, -0.0, 0.0, 0.1, 0.2, 0.3, 1e16};
        return IntStream.range(0, size)
                .mapToObj(i ->
                        new Row(random.nextInt(users), random.nextInt(5) - 2L, values[random.nextInt(values.length)]))
                .toList();
    }

    @Property(tries = 200)
    void sumsAreThoseOfRowsThatDifferInAnyOrder(
            @ForAll @IntRange(max = 400) int size,
            @ForAll @IntRange(min = 1, max = 30) int users,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Row> rows = rows(size, users, random);
        Set<Row> single = new HashSet<>(rows);
        int[] kept = IntStream.range(0, users).filter(user -> user % 3 != 1).toArray();
        double[] expected = IntStream.of(kept)
                .mapToDouble(user -> {
                    double sum = 0;
                    for (double value : single.stream()
                            .filter(row -> row.user == user)
                            .mapToDouble(Row::value)
                            .sorted()
                            .toArray()) {
                        sum += value;
                    }
                    return sum;
                })
                .toArray();
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);

        for (List<Row> order : List.of(rows, shuffled)) {
            OutcomeValues outcomes = new OutcomeValues();
            order.forEach(row -> outcomes.add(row.user, row.moment, row.value));
            assertThat(outcomes.sums(kept, users)).isEqualTo(expected);
            assertThat(outcomes.doubles()).isEqualTo(rows.size() - single.size());
        }
    }

    @Test
    void oneUserOfManyBlocksIsPutTogether() {
        int many = 100_000;
        OutcomeValues outcomes = new OutcomeValues();
        for (int i = 0; i < many; i++) {
            outcomes.add(1, i * 48_271L % many, 1);
        }
        for (int i = 0; i < 10; i++) {
            outcomes.add(1, i, 1);
        }

        assertThat(outcomes.sums(new int[] {0, 1, 2}, 3)).containsExactly(0, many, 0);
        assertThat(outcomes.doubles()).isEqualTo(10);
    }
}
