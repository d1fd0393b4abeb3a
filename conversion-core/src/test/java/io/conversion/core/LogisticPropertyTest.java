package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

class LogisticPropertyTest {

    @Property(tries = 10_000)
    void probabilityNeverFallsBetweenNeighbours(@ForAll("logOdds") double logOdds) {
        assertThat(Logistic.probability(logOdds)).isLessThanOrEqualTo(Logistic.probability(Math.nextUp(logOdds)));
    }

    @Property(tries = 10_000)
    void probabilityNeverFallsWhereTheLogOddsRise(@ForAll("logOdds") double one, @ForAll("logOdds") double other) {
        double lower = Logistic.probability(Math.min(one, other));
        double upper = Logistic.probability(Math.max(one, other));

        assertThat(lower).isBetween(0.0, upper);
        assertThat(upper).isBetween(lower, 1.0);
    }

    /** All 53 bits drawn evenly over the range in which the probability changes, near zero, and any other double. */
    @Provide
    Arbitrary<Double> logOdds() {
        Arbitrary<Double> unit = Arbitraries.longs()
                .between(-1L << 53, 1L << 53)
                .withDistribution(RandomDistribution.uniform())
                .map(numerator -> numerator * 0x1p-53);
        return Arbitraries.frequencyOf(
                Tuple.of(4, unit.map(u -> u * 750)),
                Tuple.of(4, unit.map(u -> u * 45)),
                Tuple.of(2, unit),
                Tuple.of(1, Fixtures.finiteDoubles()));
    }
}
