package io.conversion.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialEffectTest {

    // confseq, demo/ate_data.csv, made by its ate_demo.py: estimate, bounds and p-value after each of 1,000 users.
    @Test
    void isThatOfConfseqAfterEachOfThousandUsers() throws IOException {
        Path file = Path.of(System.getProperty("conversion.data", ""), "confseq_ate.csv");
        assumeThat(file)
                .as("say where the data are with -Dconversion.data=FOLDER")
                .exists();
        SequentialEffect effect = new SequentialEffect(0.5, 0.05, 50 * 0.16 * 4);

        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            effect.add(cells[3].equals("1"), Double.parseDouble(cells[2]));
            Inference inference = effect.inference();

            assertThat(effect.estimate()).as(line).isEqualTo(Double.parseDouble(cells[4]), within(1e-12));
            assertThat(inference.upper()).as(line).isEqualTo(Double.parseDouble(cells[5]), within(1e-9));
            assertThat(inference.lower()).as(line).isEqualTo(Double.parseDouble(cells[6]), within(1e-9));
            // Theirs is that of one side, so that it can be below 0.05 while the bounds of 95 % still hold 0.
            double published = Math.min(1, 2 * Double.parseDouble(cells[7]));
            assertThat(inference.pValue()).as(line).isEqualTo(published, within(1e-12));
        }
        assertThat(lines).hasSize(1001);
    }
}
