package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.experiments.statistics.Adjustment;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Value;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Where chance assigned the users, an alarm is as rare as it says, whatever the treatment does. */
class AdjustmentCheckPropertyTest {

    private static final int EXPERIMENTS = 1500;

    /** Two covariates that are correlated, an effect that grows with one of them, and arms of any share. */
    private static Adjustment experiment(
            Random random, int users, double share, double explained, double effect, boolean skewed) {
        MomentSums[] arms = {new MomentSums(3), new MomentSums(3)};
        for (int user = 0; user < users; user++) {
            double x = skewed ? -Math.log(1 - random.nextDouble()) : random.nextGaussian();
            double other = 0.7 * x + random.nextGaussian();
            int arm = random.nextDouble() < share ? 1 : 0;
            double y = explained * (x + 0.5 * other) + random.nextGaussian() + arm * effect * (1 + 0.3 * x);
            arms[arm].add(y, x, other);
        }
        return Adjustment.of(
                arms[0].moments(), arms[1].moments(), Value.mean(0), List.of(Value.mean(1), Value.mean(2)));
    }

    @Property(tries = 8)
    void movementIsBeyondItsIntervalAsOftenAsDeclared(
            @ForAll @DoubleRange(min = 0.2, max = 0.8) double share,
            @ForAll @DoubleRange(min = 0, max = 2) double explained,
            @ForAll @DoubleRange(min = -2, max = 2) double effect,
            @ForAll boolean skewed,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        int beyond = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            beyond += experiment(random, 400, share, explained, effect, skewed)
                            .movement()
                            .fixed(0.05)
                            .excludes(0)
                    ? 1
                    : 0;
        }

        // 5 % of 1,500 are 75; four standard errors of that are 34.
        assertThat(beyond).isLessThanOrEqualTo(75 + 34);
    }

    @Property(tries = 6)
    void alarmsAreAsRareAsDeclared(
            @ForAll @DoubleRange(min = 0, max = 2) double explained,
            @ForAll @DoubleRange(min = -1, max = 1) double effect,
            @ForAll boolean singleLook,
            @ForAll @IntRange(max = 1_000_000) int seed) {
        Metric metric = Metric.of("revenue", Metric.Kind.MEAN);
        ReadoutPlan.Builder builder = ReadoutPlan.builder("sound", "A", metric).plannedUsers(300);
        ReadoutPlan plan = singleLook ? builder.singleLook().build() : builder.build();
        Random random = new Random(seed);
        int alarms = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            Adjustment adjustment = experiment(random, 300, 0.5, explained, effect, false);
            Difference plain = new Difference(
                    adjustment.difference().estimate() - adjustment.movement().estimate(),
                    adjustment.difference().standardError(),
                    Double.POSITIVE_INFINITY);
            AdjustmentCheck check = new AdjustmentCheck(plan, metric, "B", plain, adjustment.movement(), 300, 1);
            alarms += check.refusal().isPresent()
                            || check.finding()
                                    .filter(of -> of.severity() == Finding.Severity.WARNS)
                                    .isPresent()
                    ? 1
                    : 0;
        }

        // 0.001 of 1,500 are 1.5; more than 8 have a chance of 2e-5.
        assertThat(alarms).isLessThanOrEqualTo(8);
    }
}
