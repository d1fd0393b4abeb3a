package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class BatchPropertyTest {

    @Property
    void batchEqualsItsRows(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Map<String, Object>> rows = rows(users, 1 + users.below(40));
        Scorer scorer = users.model().scorer();

        ScoredBatch scored = scorer.score(batch(users.schema(), rows));

        assertThat(scored.rows()).isEqualTo(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            assertThat(scored.batch().reading(row)).isEqualTo(users.schema().read(rows.get(row)));
            assertRow(scorer, rows.get(row), scored, row);
        }
    }

    private static void assertRow(Scorer scorer, Map<String, Object> user, ScoredBatch scored, int row) {
        if (scorer.schema().read(user) instanceof SignalReading.Accepted accepted) {
            Score score = scorer.score(accepted.signals());
            assertThat(scored.batch().isRefused(row)).isFalse();
            assertThat(bits(scored.logOdds(row))).isEqualTo(bits(score.logOdds()));
            assertThat(bits(scored.rawLogOdds(row))).isEqualTo(bits(score.rawLogOdds()));
            assertThat(bits(scored.probability(row))).isEqualTo(bits(score.probability()));
            assertThat(scored.score(row).orElseThrow().evidence()).isEqualTo(score.evidence());
            assertThat(scored.isSufficient(row)).isEqualTo(score.evidence().isSufficient());
            assertThat(scored.violations(row)).isEmpty();
            assertThat(scored.problem(row).isPresent()).isEqualTo(Double.isNaN(score.probability()));
        } else {
            assertThat(scored.batch().isRefused(row)).isTrue();
            assertThat(scored.logOdds(row)).isNaN();
            assertThat(scored.probability(row)).isNaN();
            assertThat(scored.score(row)).isEmpty();
            assertThat(scored.isSufficient(row)).isFalse();
            assertThat(scored.violations(row)).isNotEmpty();
            assertThat(scored.problem(row)).isPresent();
        }
    }

    @Property(tries = 200)
    void permutingRowsPermutesResults(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Map<String, Object>> rows = rows(users, 1 + users.below(60));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        Scorer scorer = users.model().scorer();

        ScoredBatch straight = scorer.score(batch(users.schema(), rows));
        ScoredBatch permuted =
                scorer.score(batch(users.schema(), order.stream().map(rows::get).toList()));

        for (int row = 0; row < rows.size(); row++) {
            assertThat(bits(permuted.probability(row))).isEqualTo(bits(straight.probability(order.get(row))));
            assertThat(permuted.violations(row)).isEqualTo(straight.violations(order.get(row)));
        }
    }

    @Property(tries = 200)
    void refusedRowsNeverDisturbTheirNeighbours(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Map<String, Object>> rows = rows(users, 1 + users.below(60));
        List<Map<String, Object>> accepted = rows.stream()
                .filter(row -> users.schema().read(row) instanceof SignalReading.Accepted)
                .toList();
        Scorer scorer = users.model().scorer();

        ScoredBatch all = scorer.score(batch(users.schema(), rows));
        assertThat(all.batch().refusedRows()).isEqualTo(rows.size() - accepted.size());
        if (accepted.isEmpty()) {
            return;
        }
        ScoredBatch alone = scorer.score(batch(users.schema(), accepted));

        double[] kept = IntStream.range(0, rows.size())
                .filter(row -> !all.batch().isRefused(row))
                .mapToDouble(all::probability)
                .toArray();
        assertThat(kept).containsExactly(alone.probabilities());
    }

    /** A signal without a column is as missing as in a row without it. */
    @Property(tries = 200)
    void columnThatIsLeftOutIsMissingInEveryRow(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Map<String, Object>> rows = rows(users, 1 + users.below(20));
        String left = users.schema().at(users.below(users.schema().size())).name();
        Map<String, SignalColumn> columns = columns(users.schema(), rows);
        columns.remove(left);
        if (columns.isEmpty()) {
            return;
        }
        rows.forEach(row -> row.remove(left));

        ScoredBatch scored = users.model().scorer().score(SignalBatch.of(users.schema(), columns));

        for (int row = 0; row < rows.size(); row++) {
            assertRow(users.model().scorer(), rows.get(row), scored, row);
        }
    }

    @Property(tries = 20)
    void severalThreadsGiveTheSameBitsAsOne(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        List<Map<String, Object>> some = rows(users, 500);
        int rows = 40_000;
        SignalBatch batch = batch(
                users.schema(),
                IntStream.range(0, rows).mapToObj(row -> some.get(row % 500)).toList());
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            ScoredBatch one = users.model().scorer().score(batch);
            ScoredBatch four = users.model().scorer().score(batch, executor, 4);

            assertThat(four.logOdds()).containsExactly(one.logOdds());
            assertThat(four.probabilities()).containsExactly(one.probabilities());
        } finally {
            executor.shutdown();
        }
    }

    private static List<Map<String, Object>> rows(RandomUsers users, int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(row -> users.user()).toList());
    }

    private static SignalBatch batch(SignalSchema schema, List<Map<String, Object>> rows) {
        return SignalBatch.of(schema, columns(schema, rows));
    }

    private static Map<String, SignalColumn> columns(SignalSchema schema, List<Map<String, Object>> rows) {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            columns.put(
                    signal.name(),
                    column(
                            signal,
                            rows.stream().map(row -> row.get(signal.name())).toArray()));
        }
        return columns;
    }

    private static SignalColumn column(Signal signal, @Nullable Object[] values) {
        BitSet missing = new BitSet();
        for (int row = 0; row < values.length; row++) {
            missing.set(row, values[row] == null);
        }
        if (signal instanceof NumericSignal) {
            double[] numbers = new double[values.length];
            for (int row = 0; row < values.length; row++) {
                numbers[row] = values[row] instanceof Double number ? number : 0.5;
            }
            return SignalColumn.numbers(numbers).missing(missing);
        } else if (signal instanceof FlagSignal) {
            boolean[] flags = new boolean[values.length];
            for (int row = 0; row < values.length; row++) {
                flags[row] = Boolean.TRUE.equals(values[row]);
            }
            return SignalColumn.flags(flags).missing(missing);
        }
        String[] levels = new String[values.length];
        for (int row = 0; row < values.length; row++) {
            levels[row] = (String) values[row];
        }
        return SignalColumn.levels(levels);
    }

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }
}
