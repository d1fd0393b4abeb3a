package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalReading.Refused;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.model.CsvText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSignalsTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("hours").range(0, 168).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.categorical("plan", "basic", "pro").whenUnseen(WhenUnseen.average()),
            Signal.flag("weekend").whenMissing(WhenMissing.IMPUTE));

    @TempDir
    Path folder;

    @Test
    void rowsComeInTheOrderOfTheFileAndByTheRulesOfTheSchema() throws IOException {
        List<CsvSignals.Row> rows = rows("""
                weekend,hours,plan
                yes,1.5,basic
                ,200,gift
                0,2,pro
                """, Set.of());

        assertThat(rows).extracting(CsvSignals.Row::row).containsExactly(0L, 1L, 2L);
        assertThat(rows).extracting(CsvSignals.Row::line).containsExactly(2L, 3L, 4L);
        assertThat(rows)
                .extracting(row -> row.reading().orElseThrow())
                .containsExactly(
                        SCHEMA.read(Map.of("hours", 1.5, "plan", "basic", "weekend", true))
                                .orElseThrow(),
                        SCHEMA.read(Map.of("hours", 200, "plan", "gift")).orElseThrow(),
                        SCHEMA.read(Map.of("hours", 2, "plan", "pro", "weekend", false))
                                .orElseThrow());
    }

    @Test
    void refusedRowDoesNotStopTheOthersAndSaysWhy() throws IOException {
        List<CsvSignals.Row> rows = rows("""
                hours,plan,weekend
                abc,,true
                1,basic
                1,basic,maybe
                1,basic,true,false
                1,basic,true
                """, Set.of());

        assertThat(rows).extracting(CsvSignals.Row::row).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(violations(rows.get(0)))
                .extracting(Violation::message)
                .containsExactly(
                        "signal \"hours\": the text \"abc\" is not a number",
                        "signal \"plan\" is required by schema \"trial\" 1 but was not given");
        assertThat(violations(rows.get(1)))
                .containsExactly(new Violation("", Kind.UNREADABLE, "line 3 has 2 cells where the header has 3"));
        assertThat(violations(rows.get(2)))
                .extracting(Violation::message)
                .containsExactly("signal \"weekend\": the text \"maybe\" is not true or false");
        assertThat(violations(rows.get(3)))
                .containsExactly(new Violation("", Kind.UNREADABLE, "line 5 has 4 cells where the header has 3"));
        assertThat(rows.get(4).reading()).isInstanceOf(SignalReading.Accepted.class);
    }

    @Test
    void skippedColumnsAreNamedInTheOrderOfTheFile() throws IOException {
        Path file = CsvText.write(folder, "note,hours,id,plan,weekend\nx,1,7,basic,1\n");

        try (CsvSignals signals = CsvSignals.open(file, SCHEMA, Set.of("id", "note", "absent"), bytes -> {})) {
            assertThat(signals.skipped()).containsExactly("note", "id");
            assertThat(signals.next().reading().orElseThrow())
                    .isEqualTo(SCHEMA.read(Map.of("hours", 1, "plan", "basic", "weekend", true))
                            .orElseThrow());
            assertThat(signals.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(signals::next);
        }
    }

    @Test
    void headerMustFitTheSchema() throws IOException {
        Path file = CsvText.write(folder, "hours,Plan,weekend\n1,basic,1\n");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvSignals.open(file, SCHEMA, List.of("weekend"), bytes -> {}))
                .withMessage("""
                        users.csv: there is no column "plan", which schema "trial" 1 declares; where its values are not known, leave the cells empty
                          column "weekend" is a signal of schema "trial" 1 and cannot be left out
                          column "Plan" is not a signal of schema "trial" 1; exclude or ignore it, or correct its name""")
                .satisfies(refusal -> assertThat(refusal.problems()).hasSize(3));
    }

    @Test
    void tenForeignColumnsAreNamedAndTheOthersCounted() throws IOException {
        StringBuilder header = new StringBuilder("hours,plan,weekend");
        for (int i = 0; i < 14; i++) {
            header.append(",column_").append((char) ('a' + i));
        }
        Path file = CsvText.write(folder, header + "\n");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvSignals.open(file, SCHEMA, List.of(), bytes -> {}))
                .withMessageStartingWith("users.csv: column \"column_a\" is not a signal of schema \"trial\" 1;")
                .withMessageEndingWith("\n  column \"column_j\" is not a signal of schema \"trial\" 1; exclude or"
                        + " ignore it, or correct its name\n  and 4 more")
                .satisfies(refusal -> assertThat(refusal.problems()).hasSize(10));
    }

    @Test
    void fileWithoutRowsHasNone() throws IOException {
        assertThat(rows("hours,plan,weekend\n", Set.of())).isEmpty();
        assertThat(rows("hours,plan,weekend", Set.of())).isEmpty();
    }

    @Test
    void progressEndsAtTheSizeOfTheFile() throws IOException {
        Path file = CsvText.write(folder, "hours,plan,weekend\n" + "1,basic,true\n".repeat(5000));
        List<Long> progress = new ArrayList<>();

        try (CsvSignals signals = CsvSignals.open(file, SCHEMA, Set.of(), progress::add)) {
            signals.forEachRemaining(row -> assertThat(row.reading()).isInstanceOf(SignalReading.Accepted.class));
        }

        assertThat(progress).isSorted().endsWith(Files.size(file)).hasSizeGreaterThan(2);
    }

    @Test
    void rowsTakenInChunksAreThoseTakenOneByOne() throws IOException {
        String text = "hours,plan,weekend\n1,basic,1\nabc,pro,0\n2\n200,gift,\n3,pro,yes\n";
        List<CsvSignals.Row> chunked = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();

        try (CsvSignals signals = CsvSignals.open(CsvText.write(folder, text), SCHEMA, Set.of(), bytes -> {})) {
            chunked.add(signals.next());
            while (signals.hasNext()) {
                int before = chunked.size();
                signals.next(3).forEach(chunked::add);
                sizes.add(chunked.size() - before);
            }
            assertThat(signals.next(3)).isEmpty();
        }

        assertThat(sizes).containsExactly(3, 1);
        assertThat(chunked).isEqualTo(rows(text, Set.of()));
        assertThat(chunked).extracting(CsvSignals.Row::row).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(chunked).extracting(CsvSignals.Row::line).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void chunkMayBeReadAgainAfterTheFileIsClosed() throws IOException {
        Iterable<CsvSignals.Row> chunk;
        try (CsvSignals signals = CsvSignals.open(
                CsvText.write(folder, "hours,plan,weekend\n1,basic,1\n2,pro,0\n"), SCHEMA, Set.of(), bytes -> {})) {
            chunk = signals.next(10);
        }

        List<CsvSignals.Row> once = new ArrayList<>();
        List<CsvSignals.Row> again = new ArrayList<>();
        chunk.forEach(once::add);
        chunk.forEach(again::add);

        assertThat(again).isEqualTo(once).hasSize(2);
    }

    @Test
    void chunkOfNoRowsTakesNone() throws IOException {
        try (CsvSignals signals = CsvSignals.open(
                CsvText.write(folder, "hours,plan,weekend\n1,basic,1\n"), SCHEMA, Set.of(), bytes -> {})) {
            assertThat(signals.next(0)).isEmpty();
            assertThat(signals.next().row()).isZero();
        }
    }

    @Test
    void columnsAreHandedOnAsText() throws IOException {
        Path file = CsvText.write(folder, "id,hours,plan,weekend,note\na,1,basic,1, yes \nb,2,pro,0,\n,3,pro\n");

        List<Map<String, String>> kept = new ArrayList<>();
        try (CsvSignals signals = CsvSignals.open(file, SCHEMA, Set.of(), List.of("note", "id"), bytes -> {})) {
            signals.forEachRemaining(row -> kept.add(row.kept()));
            assertThat(signals.skipped()).containsExactly("id", "note");
        }

        assertThat(kept)
                .containsExactly(
                        Map.of("note", "yes", "id", "a"), Map.of("note", "", "id", "b"), Map.of("note", "", "id", ""));
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvSignals.open(file, SCHEMA, Set.of("note"), List.of("id", "absent"), bytes -> {}))
                .withMessage(file.getFileName() + ": there is no column \"absent\"; the columns are"
                        + " [id, hours, plan, weekend, note]");
    }

    /** In a file with a single column, a missing cell is an empty line. */
    @Test
    void emptyLineOfASingleColumnIsARowWithAMissingCell() throws IOException {
        SignalSchema schema =
                SignalSchema.of("one", "1", Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE));
        Path file = CsvText.write(folder, "hours\n1\n\n3\n");
        List<String> readings = new ArrayList<>();

        try (CsvSignals signals = CsvSignals.open(file, schema, Set.of(), bytes -> {})) {
            signals.forEachRemaining(
                    row -> readings.add(row.reading().orElseThrow().toString()));
        }

        assertThat(readings).containsExactly("\"one\" 1 {hours=1}", "\"one\" 1 {hours=missing}", "\"one\" 1 {hours=3}");
    }

    private List<CsvSignals.Row> rows(String text, Set<String> skip) throws IOException {
        List<CsvSignals.Row> rows = new ArrayList<>();
        try (CsvSignals signals = CsvSignals.open(CsvText.write(folder, text), SCHEMA, skip, bytes -> {})) {
            signals.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<Violation> violations(CsvSignals.Row row) {
        return row.reading() instanceof Refused refused ? refused.violations() : List.of();
    }
}
