package io.conversion.model.signals;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.data.CsvDataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideValidationTest {

    @TempDir
    private Path folder;

    /** Each column depends on all others there, and saying so of each pair took minutes. */
    @Test
    void moreColumnsThanRowsAreJudgedOneByOne() throws IOException {
        SignalValidation wide = validation(250, 200);

        assertThat(wide.notes())
                .contains(
                        "which signals repeat each other was not assessed: they have 250 columns in 200 rows, where each"
                                + " depends on the others; exclude those that are weak by themselves first");
        assertThat(wide.signals())
                .hasSize(250)
                .allMatch(signal -> signal.collinearity().isEmpty());
        assertThat(validation(20, 200).signals())
                .allMatch(signal -> signal.collinearity().isPresent());
    }

    private SignalValidation validation(int columns, int rows) throws IOException {
        Random random = new Random(1);
        String csv = IntStream.range(0, columns).mapToObj(i -> "s" + i + ",").collect(Collectors.joining())
                + "converted\n"
                + IntStream.range(0, rows)
                        .mapToObj(row -> IntStream.range(0, columns)
                                        .mapToObj(i -> Math.rint(1_000 * random.nextGaussian()) / 1_000 + ",")
                                        .collect(Collectors.joining())
                                + row % 2)
                        .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("users.csv"), csv);
        return SignalValidation.of(CsvDataSet.read(file, label("converted")), ValidationOptions.defaults());
    }
}
