package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalEffectTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("sessions").range(0, 20).whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("tier", "a", "b"),
            Signal.flag("weekend"));
    private static final Map<String, Shape> SHAPES = Map.of(
            "sessions", new Shape.PointMass(0, -1, new Shape.Linear(0.5, 4, 0.25)),
            "tier", new Shape.Levels(Map.of("a", 0.0, "b", 0.75), 0.3, 0.2, Set.of()),
            "weekend", new Shape.Flag(0.125, 0.0));
    private static final Signals REFERENCE = SCHEMA.signals()
            .set("sessions", 6)
            .set("tier", "a")
            .set("weekend", true)
            .build();

    private final ConversionModel model = ConversionModel.builder("effects", "1", SCHEMA)
            .shapes(SHAPES)
            .referenceUser(REFERENCE)
            .covariance(Covariance.of(
                    List.of(
                            new ShapeNumber("sessions", "slope"),
                            new ShapeNumber("sessions", "point_mass"),
                            new ShapeNumber("tier", "values/b")),
                    new double[][] {{0.04, 0.01, 0}, {0.01, 0.09, 0}, {0, 0, 0.16}}))
            .build();

    @Test
    void effectIsTheDifferenceOfTheShapeAgainstTheReferenceUser() {
        SignalEffect sessions = model.effect("sessions");

        assertThat(sessions.at(6)).isEqualTo(new SignalEffect.Point(0, 0));
        assertThat(sessions.at(10).logOdds()).isEqualTo(2);
        assertThat(sessions.at(10).oddsRatio()).isCloseTo(Math.exp(2), within(1e-12));
        assertThat(sessions.at(0).logOdds()).isEqualTo(-2);
        assertThat(sessions.missing().logOdds()).isEqualTo(-0.75);
        assertThat(model.effect("tier").at("b").logOdds()).isEqualTo(0.75);
        assertThat(model.effect("weekend").at(false).logOdds()).isEqualTo(-0.125);
    }

    /** By hand: the slope has (x - 4) in the shape, so x - 6 in the difference; the point mass replaces the line. */
    @Test
    void standardErrorIsThatOfTheDifference() {
        assertThat(model.effect("sessions").at(10).standardError()).isCloseTo(4 * 0.2, within(1e-15));
        // Variance of m - 2 s: 0.09 - 4 * 0.01 + 4 * 0.04.
        assertThat(model.effect("sessions").at(0).standardError()).isCloseTo(Math.sqrt(0.21), within(1e-15));
        assertThat(model.effect("tier").at("b").standardError()).isCloseTo(0.4, within(1e-15));
        assertThat(model.effect("weekend").at(false).standardError()).isZero();
    }

    /** By hand, as above: between two numbers of the line only the slope counts, and from zero the point mass, too. */
    @Test
    void anotherReferenceGivesTheDifferenceOfTwoValuesAndItsError() {
        SignalEffect sessions = model.effect("sessions");

        assertThat(sessions.against(10).at(10)).isEqualTo(new SignalEffect.Point(0, 0));
        assertThat(sessions.against(10).at(8).standardError()).isCloseTo(2 * 0.2, within(1e-15));
        assertThat(sessions.against(0).at(10).logOdds())
                .isCloseTo(sessions.at(10).logOdds() - sessions.at(0).logOdds(), within(1e-15));
        assertThat(sessions.against(0).at(6).standardError())
                .isCloseTo(sessions.at(0).standardError(), within(1e-15));
        assertThat(model.effect("tier").against("b").at("b").logOdds()).isZero();
        assertThat(model.effect("weekend").against(false).at(true).logOdds()).isEqualTo(0.125);
    }

    @Test
    void numberIsClippedAsItIsScored() {
        assertThat(model.effect("sessions").at(1000))
                .isEqualTo(model.effect("sessions").at(20));
    }

    @Test
    void withoutACovarianceThereIsNoStandardError() {
        ConversionModel plain = ConversionModel.of("plain", "1", SCHEMA, 0, SHAPES);

        assertThat(plain.effect("sessions").at(3).standardError()).isNaN();
    }

    @Test
    void valueOfAnotherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.effect("tier").at("c"))
                .withMessage("signal \"tier\" has no level \"c\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.effect("tier").at(1.0))
                .withMessage("signal \"tier\" is not numeric, or the number is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.effect("sessions").at(true))
                .withMessage("signal \"sessions\" is not a flag");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.effect("songs"))
                .withMessageStartingWith("there is no signal \"songs\" in schema ");
    }
}
