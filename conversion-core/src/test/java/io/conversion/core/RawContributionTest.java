package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Contributions before the calibration are those of the shapes, whatever the calibration makes of them. */
class RawContributionTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("s", "1", Signal.numeric("a"), Signal.numeric("b"));

    @Test
    void underACurvedCalibrationTheRawContributionOfAValueIsOneNumber() {
        ConversionModel model = model(new Calibration.Isotonic(List.of(-1.0, 1.0, 3.0), List.of(-2.0, 0.0, 8.0)));

        Contribution low = of(model, 1, 0);
        Contribution high = of(model, 1, 2);

        assertThat(low.logOdds()).isNotEqualTo(high.logOdds());
        assertThat(low.rawLogOdds()).isEqualTo(high.rawLogOdds()).isEqualTo(0.5);
    }

    @Test
    void underALineTheCalibratedOneIsOneNumberToo() {
        ConversionModel model = model(new Calibration.Platt(2, -0.25));

        assertThat(of(model, 1, 0).logOdds())
                .isEqualTo(of(model, 1, 2).logOdds())
                .isEqualTo(1.0);
        assertThat(of(model, 1, 0).rawLogOdds()).isEqualTo(0.5);
    }

    @Test
    void withoutACalibrationBothAreTheSame() {
        assertThat(of(model(new Calibration.None()), 1, 2))
                .satisfies(contribution -> assertThat(contribution.rawLogOdds()).isEqualTo(contribution.logOdds()));
    }

    @Property
    void rawContributionsAddUpToTheRawDifference(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();

        for (int strongest : new int[] {0, 2, 100}) {
            Explanation why = users.model().scorer().explain(signals, strongest);
            double sum = why.contributions().stream()
                            .mapToDouble(Contribution::rawLogOdds)
                            .sum()
                    + why.rawRest();
            double scale = 1
                    + Math.abs(why.score().rawLogOdds())
                    + Math.abs(why.reference().rawLogOdds());
            double largest = why.contributions().stream()
                    .mapToDouble(contribution -> Math.abs(contribution.rawLogOdds()))
                    .max()
                    .orElse(Math.abs(why.rawRest()));
            assertThat(sum).isCloseTo(why.rawDifference(), within(1e-12 * (scale + 20 * largest)));
        }
    }

    private static Contribution of(ConversionModel model, double a, double b) {
        Signals user = SCHEMA.signals().set("a", a).set("b", b).build();
        return model.scorer().explain(user).contributions().stream()
                .filter(contribution -> contribution.signal().name().equals("a"))
                .findFirst()
                .orElseThrow();
    }

    private static ConversionModel model(Calibration calibration) {
        return ConversionModel.builder("m", "1", SCHEMA)
                .intercept(0)
                .shapes(Map.of("a", new Shape.Linear(0.5, 0, 0), "b", new Shape.Linear(1, 0, 0)))
                .calibration(calibration)
                .referenceUser(SCHEMA.signals().set("a", 0).set("b", 0).build())
                .build();
    }
}
