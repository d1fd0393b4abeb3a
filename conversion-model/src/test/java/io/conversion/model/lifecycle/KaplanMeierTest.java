package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KaplanMeierTest {

    /**
     * R 4, survival: {@code summary(survfit(Surv(c(0,0,1,2,2,2,5,5,7,9), c(1,0,1,1,1,0,0,1,0,1)) ~ 1))}; at time 9, where
     * nobody is left, R gives NaN for the standard error.
     */
    @Test
    void agreesWithSurvfit() {
        int[] days = {9, 7, 5, 5, 2, 2, 2, 1, 0, 0};
        boolean[] bought = {true, false, true, false, false, true, true, true, false, true};

        KaplanMeier estimate = KaplanMeier.of(days, bought);

        assertThat(estimate.steps()).extracting(KaplanMeier.Step::day).containsExactly(0, 1, 2, 5, 9);
        assertThat(estimate.steps()).extracting(KaplanMeier.Step::atRisk).containsExactly(10, 8, 7, 4, 1);
        assertThat(estimate.steps()).extracting(KaplanMeier.Step::events).containsExactly(1, 1, 2, 1, 1);
        assertThat(estimate.survival(0)).isCloseTo(0.9, within(1e-15));
        assertThat(estimate.survival(1)).isCloseTo(0.7875, within(1e-15));
        assertThat(estimate.survival(4)).isCloseTo(0.5625, within(1e-15));
        assertThat(estimate.survival(8)).isCloseTo(0.421875, within(1e-15));
        assertThat(estimate.survival(9)).isZero();
        assertThat(estimate.standardError(0)).isCloseTo(0.09486832980505137, within(1e-15));
        assertThat(estimate.standardError(2)).isCloseTo(0.1650639080780532, within(1e-15));
        assertThat(estimate.standardError(6)).isCloseTo(0.17365906455790034, within(1e-15));
        assertThat(estimate.standardError(9)).isZero();
        assertThat(estimate.users()).isEqualTo(10);
        assertThat(estimate.events()).isEqualTo(6);
    }

    @Test
    void beforeTheFirstPurchaseNobodyHasBought() {
        KaplanMeier estimate = KaplanMeier.of(new int[] {3}, new boolean[] {true});

        assertThat(estimate.survival(2)).isEqualTo(1);
        assertThat(estimate.standardError(2)).isZero();
    }

    @Test
    void timesAndOutcomesMatch() {
        assertThatThrownBy(() -> KaplanMeier.of(new int[] {1}, new boolean[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 times do not match 0 outcomes; each user has one of each, and at least one user is"
                        + " needed");
        assertThatThrownBy(() -> KaplanMeier.of(new int[] {-1}, new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a time is negative; times are days since signup, at least 0");
    }

    /** The reference was computed outside of this library; the data lie outside the repository. */
    @Test
    void agreesWithTheReferenceOfTheLearningPlatform() throws IOException {
        Path file = Path.of(System.getProperty("conversion.reference", ""), "lifecycle_365.json");
        assumeThat(file).isRegularFile();
        JsonNode reference =
                JsonMapper.shared().readTree(Files.readString(file)).get("kaplan_meier");

        KaplanMeier estimate = LearningPlatform.read().timeToPurchase();

        assertThat(estimate.users()).isEqualTo(reference.get("n").intValue());
        assertThat(estimate.events()).isEqualTo(reference.get("events").intValue());
        assertThat(reference.get("survival").properties())
                .hasSize(10)
                .allSatisfy(entry -> assertThat(estimate.survival(Integer.parseInt(entry.getKey())))
                        .isCloseTo(entry.getValue().doubleValue(), within(1e-12)));
        assertThat(reference.get("greenwood_se").properties())
                .hasSize(10)
                .allSatisfy(entry -> assertThat(estimate.standardError(Integer.parseInt(entry.getKey())))
                        .isCloseTo(entry.getValue().doubleValue(), within(1e-12)));
    }
}
