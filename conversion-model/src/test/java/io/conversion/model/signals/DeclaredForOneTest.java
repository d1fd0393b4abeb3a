package io.conversion.model.signals;

import static io.conversion.model.signals.SampleUsers.spread;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is declared of one signal changes the verdict of no other. */
class DeclaredForOneTest {

    private static final int SIGNALS = 14;

    @Test
    void aMeaningOfOneLeavesTheOthersAsTheyAre() {
        compare(signal -> signal.meaning("visits of a week"), ValidationOptions.defaults());
    }

    @Test
    void aUnitOfOneLeavesTheOthersAsTheyAre() {
        compare(signal -> signal.unit("visits"), ValidationOptions.defaults());
    }

    @Test
    void thatOneCanBeMovedLeavesTheOthersAsTheyAre() {
        compare(NumericSignal::actionable, ValidationOptions.defaults());
    }

    @Test
    void theDayOfOneLeavesTheOthersAsTheyAre() {
        compare(signal -> signal, ValidationOptions.defaults().predictionDay(3).availableOn(Map.of("s0", 2)));
    }

    @Test
    void manyNamesAreCutShort() {
        assertThat(validated(signal -> signal.meaning("visits"), ValidationOptions.defaults())
                        .notes())
                .contains("interpretability was not assessed for s1, s2, s3, s4, s5, s6, s7, s8, s9, s10 and 3 more:"
                        + " the schema declares no meaning");
    }

    private static void compare(UnaryOperator<NumericSignal> declared, ValidationOptions options) {
        SignalValidation before = validated(signal -> signal, ValidationOptions.defaults());
        SignalValidation after = validated(declared, options);

        assertThat(after.signals()).extracting(SignalReport::verdict).contains(Verdict.KEEP);
        assertThat(after.signals())
                .extracting(SignalReport::findings)
                .isEqualTo(before.signals().stream().map(SignalReport::findings).toList());
    }

    private static SignalValidation validated(UnaryOperator<NumericSignal> first, ValidationOptions options) {
        SampleUsers users = new SampleUsers(
                900,
                row -> IntStream.range(0, SIGNALS)
                                        .mapToDouble(i -> spread(row, i))
                                        .sum()
                                + 3 * spread(row, 99)
                        > SIGNALS / 2.0 + 1.5);
        for (int i = 0; i < SIGNALS; i++) {
            int seed = i;
            NumericSignal signal = Signal.numeric("s" + i);
            users.with(i == 0 ? first.apply(signal) : signal, row -> spread(row, seed));
        }
        return users.validate(options);
    }
}
