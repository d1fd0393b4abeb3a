package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of folds. */
class FoldsPropertyTest {

    @Property
    void everyRowIsHeldOutOnceAndTrainedOnOtherwise(
            @ForAll("outcomes") boolean[] outcomes, @ForAll @IntRange(min = 2, max = 5) int k, @ForAll long seed) {
        Folds folds = Folds.stratified(outcomes, k, seed);

        for (int row = 0; row < outcomes.length; row++) {
            for (int fold = 0; fold < k; fold++) {
                assertThat(folds.holdout(fold).test(row)).isEqualTo(folds.of(row) == fold);
                assertThat(folds.training(fold).test(row)).isEqualTo(folds.of(row) != fold);
            }
        }
    }

    @Property
    void foldsDifferByOneRowAndOneConverterAtMost(
            @ForAll("outcomes") boolean[] outcomes, @ForAll @IntRange(min = 2, max = 5) int k, @ForAll long seed) {
        Folds folds = Folds.stratified(outcomes, k, seed);

        int[] sizes = IntStream.range(0, k).map(folds::size).toArray();
        int[] converters = IntStream.range(0, k)
                .map(fold -> (int) IntStream.range(0, outcomes.length)
                        .filter(row -> outcomes[row] && folds.of(row) == fold)
                        .count())
                .toArray();
        assertThat(spread(sizes)).isLessThanOrEqualTo(1);
        assertThat(spread(converters)).isLessThanOrEqualTo(1);
    }

    @Property
    void sameSeedGivesTheSameFolds(@ForAll("outcomes") boolean[] outcomes, @ForAll long seed) {
        Folds folds = Folds.stratified(outcomes, 3, seed);
        Folds again = Folds.stratified(outcomes, 3, seed);

        assertThat(IntStream.range(0, outcomes.length).map(folds::of))
                .containsExactly(IntStream.range(0, outcomes.length)
                        .map(again::of)
                        .boxed()
                        .toArray(Integer[]::new));
    }

    private static int spread(int[] counts) {
        return Arrays.stream(counts).max().orElseThrow()
                - Arrays.stream(counts).min().orElseThrow();
    }

    /** At least five rows of each outcome. */
    @Provide
    Arbitrary<boolean[]> outcomes() {
        return Arbitraries.of(true, false).list().ofMinSize(0).ofMaxSize(60).map(more -> {
            boolean[] outcomes = new boolean[10 + more.size()];
            for (int i = 0; i < outcomes.length; i++) {
                outcomes[i] = i < 10 ? i % 2 == 0 : more.get(i - 10);
            }
            return outcomes;
        });
    }
}
