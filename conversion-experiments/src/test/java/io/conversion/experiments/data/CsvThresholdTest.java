package io.conversion.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.experiments.threshold.Decider;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.experiments.threshold.ThresholdPlan;
import io.conversion.experiments.threshold.ThresholdUsers;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvThresholdTest {

    @TempDir
    private Path folder;

    private CsvThreshold table(String... lines) throws IOException {
        return CsvThreshold.of(Files.write(folder.resolve("log.csv"), List.of(lines)), "probability", "converted");
    }

    @Test
    void rowsAreWhatThePlainArraysAre() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int users = 2000;
        double[] probability = new double[users];
        double[] converted = new double[users];
        double[] visits = new double[users];
        int[] units = new int[users];
        boolean[] offered = new boolean[users];
        String[] lines = new String[users + 1];
        lines[0] = "id,probability,offer,reason,visits,converted";
        for (int i = 0; i < users; i++) {
            probability[i] = random.nextDouble();
            visits[i] = random.nextInt(9);
            offered[i] = probability[i] >= 0.4;
            converted[i] = random.nextDouble() < 0.5 ? 1 : 0;
            units[i] = random.nextInt(1500);
            lines[i + 1] = "u" + units[i] + "," + probability[i] + "," + (offered[i] ? "yes" : "no") + ","
                    + (i % 100 == 0 ? "guardrail" : "band") + "," + visits[i] + ","
                    + (converted[i] == 1 ? "true" : "false");
        }

        CsvThreshold.Read read = table(lines)
                .treated("offer")
                .reason("reason")
                .unit("id")
                .covariates(List.of("visits"))
                .read(bytes -> {});

        List<Decider> deciders = new ArrayList<>(Collections.nCopies(users, Decider.BOUND));
        for (int i = 0; i < users; i += 100) {
            deciders.set(i, Decider.GUARDRAIL);
        }
        ThresholdUsers expected = ThresholdUsers.of(probability, converted)
                .upper(offered)
                .deciders(deciders)
                .units(units)
                .covariate("visits", visits);
        assertThat(ThresholdEffect.of(ThresholdPlan.at(0.4), read.users()).toJson())
                .isEqualTo(ThresholdEffect.of(ThresholdPlan.at(0.4), expected).toJson())
                .contains("\"effect\"", "\"visits\"", "users_left_out");
    }

    @Test
    void emptyCellsAndFallbacksAreCountedAndLeftOut() throws IOException {
        CsvThreshold.Read read = table(
                        "probability,reason,converted",
                        "0.2,band,1",
                        ",band,1",
                        "0.3,band,",
                        ",invalid_signals,1",
                        "0.3,insufficient_evidence,0",
                        "0.4,,0",
                        "0.5,held_band,no")
                .reason("reason")
                .read(bytes -> {});

        assertThat(read.users().size()).isEqualTo(2);
        assertThat(read.incomplete()).isEqualTo(3);
        assertThat(read.fallbacks()).isEqualTo(2);
    }

    @Test
    void everyBadCellIsNamed() throws IOException {
        CsvThreshold table = table(
                        "probability,offer,why,converted",
                        "0.2,1,band,bought",
                        "high,0,band,1",
                        "0.3,2,band,1",
                        "0.3,1,because,1")
                .treated("offer")
                .reason("why");

        assertThatThrownBy(() -> table.read(bytes -> {}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "log.csv: line 2: \"bought\" in column \"converted\" is neither a number nor true, false, yes or no;"
                                + " line 3: \"high\" in column \"probability\" is neither a number nor true, false, yes or no;"
                                + " line 4: \"2\" in column \"offer\" does not tell whether the user got the action; it must be 1"
                                + " or 0, true or false, yes or no; line 5: \"because\" is no reason of a decision; it must be"
                                + " band, held_band, guardrail, control, exploration, or that of a fallback");
        assertThatThrownBy(
                        () -> table("probability,converted", "0.1,1").unit("id").read(bytes -> {}))
                .hasMessageContaining("there is no column \"id\"");
    }

    @Test
    void textOfTheOutcomeCanBeNamed() throws IOException {
        CsvThreshold.Read read = table("probability,converted", "0.1,bought", "0.2,left", "0.3,bought")
                .positive("bought")
                .read(bytes -> {});

        assertThat(read.users().size()).isEqualTo(3);
    }
}
