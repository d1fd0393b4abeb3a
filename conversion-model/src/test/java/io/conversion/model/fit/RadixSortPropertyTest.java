package io.conversion.model.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The law of sorting: what the platform's own sort gives. */
class RadixSortPropertyTest {

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    @Property(tries = 60)
    void orderIsTheOneOfThePlatform(@ForAll @IntRange(max = 5000) int count, @ForAll long seed) {
        Random random = new Random(seed);
        double[] values = random.ints(count, 0, 4)
                .mapToDouble(kind -> switch (kind) {
                    case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                    case 1 -> random.nextInt(7) - 3;
                    case 2 -> random.nextGaussian();
                    default -> Double.longBitsToDouble(random.nextLong());
                })
                .toArray();

        assertSorts(values);
    }

    @Example
    void wholeNumbersAndEqualOnesAreSorted() {
        assertSorts(
                new Random(1).doubles(3000).map(x -> StrictMath.rint(50 * x)).toArray());
        assertSorts(new double[3000]);
    }

    private static void assertSorts(double[] values) {
        double[] expected = values.clone();
        Arrays.sort(expected);

        RadixSort.sort(values);

        assertThat(values).isEqualTo(expected);
    }
}
