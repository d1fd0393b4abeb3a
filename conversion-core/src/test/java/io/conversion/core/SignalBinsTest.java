package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalBinsTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "bins",
            "1",
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE).range(0, 9).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.categorical("tier", "a", "b").whenMissing(WhenMissing.IMPUTE).whenUnseen(WhenUnseen.average()),
            Signal.flag("trial").whenMissing(WhenMissing.IMPUTE));

    private static final ReferenceDistribution REFERENCE = ReferenceDistribution.of(
            Map.of(
                    "trial",
                    new SignalDistribution.Flags(6, 4, 0),
                    "tier",
                    new SignalDistribution.Levels(Map.of("b", 3L, "a", 7L), 0, 0),
                    "hours",
                    new SignalDistribution.Numbers(List.of(1.0, 5.0), List.of(1L, 2L, 3L), 4)),
            new SignalDistribution.Numbers(List.of(0.5), List.of(5L, 5L), 0));

    private static final SignalBins BINS = SignalBins.of(REFERENCE, SCHEMA);

    @Test
    void countsByCellAreDistributionsWithTheBinsOfTheReference() {
        Map<String, SignalDistribution> counted = counted(
                user(0.5, "a", true),
                user(1, "b", false),
                user(5, "a", false),
                user(99, "z", true),
                user(null, null, null));

        assertThat(counted)
                .containsEntry("hours", new SignalDistribution.Numbers(List.of(1.0, 5.0), List.of(1L, 1L, 2L), 1))
                .containsEntry("tier", new SignalDistribution.Levels(Map.of("a", 2L, "b", 1L), 1, 1))
                .containsEntry("trial", new SignalDistribution.Flags(2, 2, 1));
        assertThat(counted.keySet()).containsExactly("hours", "tier", "trial");
    }

    @Test
    void valueOutOfRangeIsClippedAndNoOtherRuleIs() {
        Signals clipped = SCHEMA.read(user(99, "z", null)).orElseThrow();

        assertThat(BINS.isClipped(clipped, 0)).isTrue();
        assertThat(BINS.isClipped(clipped, 1)).isFalse();
        assertThat(BINS.isClipped(clipped, 2)).isFalse();
    }

    @Test
    void signalsAndDistributionsOfAnotherSchemaAreRefused() {
        SignalSchema other = SignalSchema.of("other", "2", Signal.flag("trial"));
        Signals signals = other.signals().set("trial", true).build();

        assertThatThrownBy(() -> BINS.cell(signals, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signals of schema \"other\" 2 have no bins in a distribution of schema \"bins\" 1");
        assertThatThrownBy(() -> SignalBins.of(REFERENCE, other))
                .hasMessageContaining("the reference distribution has \"tier\", which is not in schema \"other\" 2");
    }

    @Test
    void distributionIsWrittenAndReadAgain() {
        assertThat(ReferenceDistribution.fromJson(REFERENCE.toJson())).isEqualTo(REFERENCE);
    }

    private static Map<String, Object> user(@Nullable Object hours, @Nullable Object tier, @Nullable Object trial) {
        Map<String, Object> user = new HashMap<>();
        user.put("hours", hours);
        user.put("tier", tier);
        user.put("trial", trial);
        return user;
    }

    @SafeVarargs
    private static Map<String, SignalDistribution> counted(Map<String, Object>... users) {
        long[] counts = new long[BINS.cells()];
        for (Map<String, Object> user : users) {
            Signals signals = SCHEMA.read(user).orElseThrow();
            for (int i = 0; i < BINS.signals(); i++) {
                counts[BINS.cell(signals, i)]++;
            }
        }
        return BINS.distributions(cell -> counts[cell]);
    }
}
