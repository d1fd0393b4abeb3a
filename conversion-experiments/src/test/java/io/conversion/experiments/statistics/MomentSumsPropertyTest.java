package io.conversion.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MomentSumsPropertyTest {

    @Property(tries = 300)
    void orderAndPartsDoNotShowInTheResult(@ForAll("users") List<double[]> users, @ForAll long seed) {
        MomentSums together = sums(users);
        List<double[]> shuffled = new ArrayList<>(users);
        Collections.shuffle(shuffled, new Random(seed));
        int cut = new Random(seed).nextInt(users.size() + 1);

        MomentSums parts = sums(shuffled.subList(0, cut));
        parts.add(sums(shuffled.subList(cut, users.size())));

        assertSame(parts.moments(), together.moments());
    }

    @Property(tries = 300)
    void momentsAreTheDoublesNextToTheirExactValues(@ForAll("users") List<double[]> users) {
        Moments moments = sums(users).moments();
        BigDecimal n = BigDecimal.valueOf(users.size());
        BigDecimal x = BigDecimal.ZERO;
        BigDecimal y = BigDecimal.ZERO;
        BigDecimal xy = BigDecimal.ZERO;
        for (double[] user : users) {
            x = x.add(new BigDecimal(user[0]));
            y = y.add(new BigDecimal(user[1]));
            xy = xy.add(new BigDecimal(user[0]).multiply(new BigDecimal(user[1])));
        }
        BigDecimal covariance = xy.multiply(n)
                .subtract(x.multiply(y))
                .divide(n.multiply(n.subtract(BigDecimal.ONE)), new MathContext(400));

        assertThat(moments.mean(0)).isEqualTo(x.divide(n, new MathContext(400)).doubleValue());
        assertThat(moments.covariance(0, 1)).isEqualTo(covariance.doubleValue());
    }

    private static MomentSums sums(List<double[]> users) {
        MomentSums sums = new MomentSums(2);
        users.forEach(sums::add);
        return sums;
    }

    private static void assertSame(Moments one, Moments other) {
        assertThat(one.count()).isEqualTo(other.count());
        for (int i = 0; i < 2; i++) {
            assertThat(one.mean(i)).isEqualTo(other.mean(i));
            for (int j = 0; j < 2; j++) {
                assertThat(one.covariance(i, j)).isEqualTo(other.covariance(i, j));
            }
        }
    }

    /** Values of very different size and sign, so that sums of doubles would lose almost all digits. */
    @Provide
    Arbitrary<List<double[]>> users() {
        Arbitrary<Double> value = Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3).map(Integer::doubleValue),
                Arbitraries.doubles().between(-1e6, 1e6).ofScale(12),
                Arbitraries.doubles().between(-1e3, 1e3).ofScale(6).map(x -> x * 1e15),
                Arbitraries.of(1e100, -1e100, 1e-100, 0x1p-1022, 0.1));
        return value.tuple2()
                .map(of -> new double[] {of.get1(), of.get2()})
                .list()
                .ofMinSize(2)
                .ofMaxSize(40);
    }
}
