package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.conversion.policy.Condition;
import io.conversion.policy.monitoring.BandCounts;
import io.conversion.policy.monitoring.CalibrationCounts;
import io.conversion.policy.serving.ServingManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Messages show the beginning of a name, however long it is. */
class LongNamesTest {

    private static final String NAME = "n".repeat(490);
    private static final Effect EFFECT = new Effect.Relative(0.1, "a guess");
    private static final ActionEconomics ACTION = new ActionEconomics(NAME, 1, 1, EFFECT);

    @Test
    void noMessageHoldsAWholeName() {
        Map<String, ThrowingCallable> faults = new LinkedHashMap<>();
        faults.put("population", () -> Population.of(NAME));
        faults.put("probability", () -> Population.of(NAME, 2));
        faults.put("lengths", () -> Population.ofHistogram(NAME, new double[] {0.5}, new int[0]));
        faults.put("halves", () -> Population.of(NAME, 0.5).halves(1));
        faults.put("cost", () -> new ActionEconomics(NAME, Double.NaN, 0, EFFECT));
        faults.put("discount", () -> new ActionEconomics(NAME, 0, Double.NaN, EFFECT));
        faults.put("capacity", () -> new Capacity(NAME, -1, 1));
        faults.put("out of", () -> new Capacity(NAME, 1, -1));
        faults.put("more than all", () -> new Capacity(NAME, 2, 1));
        faults.put("twice", () -> Economics.of(40, "nothing", ACTION, ACTION));
        faults.put("none", () -> Economics.of(40, NAME));
        faults.put("capacity of none", () -> many().withCapacity("other" + NAME, 1, 2));
        faults.put("two capacities", () -> many().withCapacity(NAME + 1, 1, 2).withCapacity(NAME + 1, 1, 2));
        faults.put("gain of none", () -> many().gain("other" + NAME, 0.5));
        faults.put("band", () -> new BandCounts(NAME, 0, -1, CalibrationCounts.NONE));
        faults.put(
                "other band",
                () -> new BandCounts(NAME, 0, 1, CalibrationCounts.NONE)
                        .plus(new BandCounts(NAME + 1, 0, 1, CalibrationCounts.NONE)));
        faults.put("file", () -> new ServingManifest.Artifact(NAME + ".json", "none"));

        faults.forEach((what, fault) -> {
            Throwable thrown = catchThrowable(fault);
            assertThat(thrown).as(what).isInstanceOf(IllegalArgumentException.class);
            assertThat(thrown.getMessage())
                    .as(what)
                    .contains("nnnnnnnnnn")
                    .doesNotContain("n".repeat(81))
                    .hasSizeLessThan(1_500);
        });
    }

    @Test
    void noSentenceHoldsAWholeName() {
        assertThat(List.of(
                        Population.of(NAME, 0.5).toString(),
                        new Condition.Extrapolated(NAME).toString(),
                        new Condition.Missing(NAME).toString()))
                .allSatisfy(text -> assertThat(text).contains("nnnnnnnnnn").doesNotContain("n".repeat(81)));
    }

    private static Economics many() {
        return Economics.of(
                40,
                "nothing",
                IntStream.range(0, 30)
                        .mapToObj(i -> new ActionEconomics(NAME + i, 1, 1, EFFECT))
                        .toArray(ActionEconomics[]::new));
    }
}
