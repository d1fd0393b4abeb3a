package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Calibration;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CalibrationPropertyTest {

    @Property
    void isotonicNeverFallsToTheLastBitAndRisesOverAnyDistance(@ForAll long seed) {
        Random random = new Random(seed);
        Calibration.Isotonic map = isotonic(random);
        List<Double> raw = new ArrayList<>();
        for (double point : map.raw()) {
            Collections.addAll(raw, Math.nextDown(point), point, Math.nextUp(point));
        }
        for (int i = 0; i < 200; i++) {
            double x = 12 * random.nextGaussian();
            Collections.addAll(raw, x, Math.nextUp(x));
        }
        Collections.sort(raw);

        assertThat(raw.stream().map(map::of).toList()).isSorted();
        for (double x : raw) {
            assertThat(map.of(x + 1e-3)).isGreaterThan(map.of(x));
        }
    }

    @Property
    void isotonicIsExactAtItsPointsAndNeverCertain(@ForAll long seed) {
        Random random = new Random(seed);
        Calibration.Isotonic map = isotonic(random);

        assertThat(map.raw().stream().map(map::of).toList()).isEqualTo(map.calibrated());
        double p = Logistic.probability(map.of(5 * random.nextDouble() - 2.5));
        assertThat(p).isGreaterThan(0).isLessThan(1);
    }

    @Property
    void compiledMapGivesTheBitsOfTheCalibration(@ForAll long seed) {
        Random random = new Random(seed);
        Calibration.Isotonic map = isotonic(random);
        Calibration.Platt line = new Calibration.Platt(0.01 + random.nextDouble(), random.nextGaussian());

        for (int i = 0; i < 50; i++) {
            double x = random.nextBoolean()
                    ? map.raw().get(random.nextInt(map.raw().size()))
                    : random.nextGaussian() * 9;
            assertThat(LogOddsMap.of(map, null).of(x)).isEqualTo(map.of(x));
            assertThat(LogOddsMap.of(line, null).of(x)).isEqualTo(line.of(x));
        }
    }

    @Property
    void baseRateMultipliesTheOddsByTheFactorOfTheRates(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Random random = new Random(seed);
        double training = 0.01 + 0.98 * random.nextDouble();
        double declared = 0.01 + 0.98 * random.nextDouble();
        Signals signals = users.signals();
        ConversionModel model = users.model();
        ConversionModel same = ConversionModel.builder("m", "1", model.schema())
                .intercept(model.intercept())
                .shapes(model.shapes())
                .calibration(model.calibration())
                .baseRate(training, training)
                .build();

        double before = same.scorer().score(signals).logOdds();
        double after = same.withBaseRate(declared).scorer().score(signals).logOdds();

        double factor = declared / (1 - declared) / (training / (1 - training));
        assertThat(StrictMath.exp(after - before))
                .isCloseTo(factor, within(factor * (1e-13 + Math.abs(before) * 1e-15)));
    }

    private static Calibration.Isotonic isotonic(Random random) {
        int points = 1 + random.nextInt(10);
        TreeSet<Double> raw = new TreeSet<>();
        TreeSet<Double> calibrated = new TreeSet<>();
        while (raw.size() < points) {
            raw.add(3 * random.nextGaussian());
        }
        while (calibrated.size() < points) {
            calibrated.add(3 * random.nextGaussian());
        }
        return new Calibration.Isotonic(List.copyOf(raw), List.copyOf(calibrated));
    }
}
