package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ThresholdEffectPropertyTest {

    private static final int USERS = 1000;

    /** Users around 0 with a jump; some share their value, some are of one user. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
    private record Log(double[] running, double[] outcomes, double[] before, int[] units) {

        static Log of(long seed) {
            SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong());
            double[] running = new double[USERS];
            double[] outcomes = new double[USERS];
            double[] before = new double[USERS];
            int[] units = new int[USERS];
            for (int i = 0; i < USERS; i++) {
                running[i] = random.nextInt(4) == 0 ? (random.nextInt(200) - 99.5) / 100 : 2 * random.nextDouble() - 1;
                before[i] = random.nextDouble();
                outcomes[i] = Math.sin(2 * running[i]) + before[i] + random.nextDouble() + (running[i] >= 0 ? 1 : 0);
                units[i] = random.nextInt(USERS / 2);
            }
            return new Log(running, outcomes, before, units);
        }

        ThresholdUsers users() {
            return ThresholdUsers.of(running, outcomes).covariate("before", before);
        }

        Log changed(double factor, double shift) {
            return new Log(
                    running,
                    IntStream.range(0, USERS)
                            .mapToDouble(i -> factor * outcomes[i] + shift)
                            .toArray(),
                    before,
                    units);
        }

        Log moved(double factor, double shift) {
            return new Log(
                    IntStream.range(0, USERS)
                            .mapToDouble(i -> factor * running[i] + shift)
                            .toArray(),
                    outcomes,
                    before,
                    units);
        }

        Log inOrder(List<Integer> order) {
            return new Log(
                    order.stream().mapToDouble(i -> running[i]).toArray(),
                    order.stream().mapToDouble(i -> outcomes[i]).toArray(),
                    order.stream().mapToDouble(i -> before[i]).toArray(),
                    order.stream().mapToInt(i -> USERS - units[i]).toArray());
        }
    }

    @Property(tries = 25)
    void orderOfRowsAndNumbersOfUnitsDoNotShow(@ForAll long seed) {
        Log log = Log.of(seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, USERS).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        Log shuffled = log.inOrder(order);

        assertThat(ThresholdEffect.of(plan(0), shuffled.users()).toJson())
                .isEqualTo(ThresholdEffect.of(plan(0), log.users()).toJson());
        assertThat(ThresholdEffect.of(plan(0), shuffled.users().units(shuffled.units()))
                        .toJson())
                .isEqualTo(ThresholdEffect.of(plan(0), log.users().units(log.units()))
                        .toJson());
    }

    @Property(tries = 25)
    void scaleAndShiftOfOutcomesScaleTheEffect(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double factor,
            @ForAll @DoubleRange(min = -1000, max = 1000) double shift) {
        Log log = Log.of(seed);

        LocalEffect effect = effect(0, log.users());
        LocalEffect changed = effect(0, log.changed(factor, shift).users());

        // Shifts cost digits: outcomes are of the size of the factor, and kept beside a thousand.
        double close = 1e-9 * (factor + Math.abs(shift));
        assertThat(changed.estimate()).isEqualTo(factor * effect.estimate(), within(close));
        assertThat(changed.standardError()).isEqualTo(factor * effect.standardError(), within(close));
        assertThat(changed.bandwidth()).isEqualTo(effect.bandwidth(), within(1e-6));
        assertThat(changed.levelBelow()).isEqualTo(factor * effect.levelBelow() + shift, within(close));
    }

    @Property(tries = 25)
    void unitsOfTheRunningVariableDoNotShow(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 100) double factor,
            @ForAll @DoubleRange(min = -10, max = 10) double shift) {
        Log log = Log.of(seed);

        LocalEffect effect = effect(0, log.users());
        LocalEffect moved = effect(shift, log.moved(factor, shift).users());

        assertThat(moved.estimate()).isEqualTo(effect.estimate(), within(1e-6));
        assertThat(moved.standardError()).isEqualTo(effect.standardError(), within(1e-6));
        assertThat(moved.bandwidth() / factor).isEqualTo(effect.bandwidth(), within(1e-6));
    }

    @Property(tries = 25)
    void sidesSwappedChangeTheSign(@ForAll long seed) {
        Log log = Log.of(seed);

        LocalEffect effect = effect(0, log.users());
        LocalEffect mirrored = effect(0, log.moved(-1, 0).users());

        assertThat(mirrored.estimate()).isEqualTo(-effect.estimate(), within(1e-9));
        assertThat(mirrored.standardError()).isEqualTo(effect.standardError(), within(1e-9));
        assertThat(mirrored.bandwidth()).isEqualTo(effect.bandwidth(), within(1e-9));
    }

    /** A refusal never turns into a number by users who are of no concern. */
    @Property(tries = 25)
    void usersWhomChanceDecidedAboutAddNothing(@ForAll long seed) {
        Log log = Log.of(seed);
        Log other = Log.of(seed + 1);
        double[] running = concat(log.running(), other.running());
        List<Decider> deciders = IntStream.range(0, 2 * USERS)
                .mapToObj(i -> i < USERS ? Decider.BOUND : Decider.CHANCE)
                .toList();

        LocalEffect more = effect(
                0,
                ThresholdUsers.of(running, concat(log.outcomes(), other.outcomes()))
                        .covariate("before", concat(log.before(), other.before()))
                        .deciders(deciders));

        assertThat(more).isEqualTo(effect(0, log.users()));
    }

    private static double[] concat(double[] a, double[] b) {
        return IntStream.range(0, a.length + b.length)
                .mapToDouble(i -> i < a.length ? a[i] : b[i - a.length])
                .toArray();
    }

    private static ThresholdPlan plan(double bound) {
        // One of many properties, so that a density that jumps by chance refuses none of them.
        return ThresholdPlan.at(bound).withLimits(new ThresholdLimits(20, 1, 5, 2, 1, 1, 0));
    }

    private static LocalEffect effect(double bound, ThresholdUsers users) {
        return Objects.requireNonNull(ThresholdEffect.of(plan(bound), users).effect());
    }
}
