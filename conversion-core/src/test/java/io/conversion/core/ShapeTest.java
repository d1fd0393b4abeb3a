package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("one", "1", Signal.numeric("x"));

    /** {@code python3 -c "import math; print(0.5 * (math.log1p(9) - 1), 0.5 * (-math.log1p(9) - 1))"}. */
    @Test
    void logShapeIsALineOverTheSignedLogarithm() {
        Shape.Log shape = new Shape.Log(0.5, 1, 0);

        assertThat(shape.at(9)).isCloseTo(0.651292546497023, within(1e-15));
        assertThat(shape.at(-9)).isCloseTo(-1.651292546497023, within(1e-15));
        assertThat(shape.at(0)).isEqualTo(-0.5);
    }

    /** {@code numpy.interp(x, [0, 2, 10], [1, -1, 3])}, and with log1p of x and of the knots. */
    @Test
    void piecewiseShapeInterpolatesAndIsFlatOutside() {
        Shape.Piecewise plain =
                new Shape.Piecewise(Shape.Scale.PLAIN, List.of(0.0, 2.0, 10.0), List.of(1.0, -1.0, 3.0), 0);
        Shape.Piecewise logarithmic =
                new Shape.Piecewise(Shape.Scale.SIGNED_LOG, List.of(0.0, 2.0, 10.0), List.of(1.0, -1.0, 3.0), 0);

        assertThat(List.of(-5.0, 0.0, 0.5, 2.0, 4.0, 10.0, 1e300))
                .extracting(plain::at)
                .containsExactly(1.0, 1.0, 0.5, -1.0, 0.0, 3.0, 3.0);
        assertThat(logarithmic.at(4)).isCloseTo(0.5726385398880192, within(1e-14));
        assertThat(plain.at(Double.NaN)).isNaN();
    }

    @Test
    void boundBelongsToTheRangeAboveIt() {
        Shape.Steps shape = new Shape.Steps(List.of(0.0, 5.0), List.of(-1.0, 0.25, 2.0), 0);

        assertThat(List.of(-1e9, Math.nextDown(0.0), -0.0, 0.0, Math.nextDown(5.0), 5.0))
                .extracting(shape::at)
                .containsExactly(-1.0, -1.0, 0.25, 0.25, 0.25, 2.0);
        assertThat(shape.at(Double.NaN)).isNaN();
    }

    @Test
    void pointMassHasAValueOfItsOwn() {
        Shape.PointMass shape = new Shape.PointMass(0, -2, new Shape.Linear(1, 3, 0.5));

        assertThat(List.of(-0.0, 0.0, Double.MIN_VALUE, 4.0))
                .extracting(shape::at)
                .containsExactly(-2.0, -2.0, -3.0, 1.0);
        assertThat(shape.missing()).isEqualTo(0.5);
    }

    @Test
    void everyFaultOfAShapeIsNamed() {
        assertProblem(
                new Shape.Piecewise(Shape.Scale.PLAIN, List.of(1.0), List.of(1.0, 2.0), 0),
                "knots is 1 numbers; expected at least 2",
                "values is 2 numbers; expected 1, one for each of the knots");
        assertProblem(
                new Shape.Piecewise(Shape.Scale.PLAIN, List.of(1.0, 1.0, Double.NaN), List.of(0.0, 0.0, 0.0), 0),
                "knots/2 is NaN; every number must be finite",
                "knots/1 is 1.0; expected a number above the one before, 1.0");
        assertProblem(
                new Shape.Piecewise(Shape.Scale.PLAIN, List.of(-1e308, 1e308), List.of(0.0, 1.0), 0),
                "knots/1 is 1.0E308; it is too far from the one before, -1.0E308, for a double to hold the distance");
        assertProblem(
                new Shape.Piecewise(Shape.Scale.SIGNED_LOG, List.of(1e17, Math.nextUp(1e17)), List.of(0.0, 1.0), 0),
                "knots/1 is 1.00000000000000016E17; "
                        + "expected a knot that differs from 1.0E17 on the scale of the signed logarithm");
        assertProblem(
                new Shape.Steps(List.of(), List.of(Double.POSITIVE_INFINITY), 0),
                "bounds is 0 numbers; expected at least 1",
                "values/0 is Infinity; every number must be finite");
        assertProblem(
                new Shape.Steps(List.of(1.0), List.of(1.0), 0),
                "values is 1 numbers; expected 2, one more than there are bounds");
        assertProblem(
                new Shape.PointMass(Double.NaN, Double.NaN, new Shape.PointMass(1, 1, new Shape.Log(0, 0, 0))),
                "point_mass/at is NaN; every number must be finite",
                "point_mass/value is NaN; every number must be finite",
                "point_mass is given twice; a shape has one point mass at most");
        assertProblem(
                new Shape.Log(Double.NaN, Double.NEGATIVE_INFINITY, 0),
                "slope is NaN; every number must be finite",
                "centre is -Infinity; every number must be finite");
    }

    private static void assertProblem(Shape shape, String... problems) {
        String of = "shape of signal \"x\": ";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversionModel.of("m", "1", SCHEMA, 0, Map.of("x", shape)))
                .withMessage("model \"m\" 1: " + of + String.join("\n  " + of, problems));
    }

    @Test
    void modelByHandIsExplainedAgainstTheMiddleOfEachShape() {
        assertThat(reference(new Shape.Log(1, StrictMath.log1p(4), 0))).isCloseTo(4, within(1e-14));
        assertThat(reference(new Shape.Log(1, -1e9, 0))).isEqualTo(-Double.MAX_VALUE);
        assertThat(reference(new Shape.Piecewise(Shape.Scale.PLAIN, List.of(1.0, 2.0, 7.0), List.of(0.0, 0.0, 0.0), 0)))
                .isEqualTo(2.0);
        assertThat(reference(new Shape.PointMass(0, 1, new Shape.Steps(List.of(3.0), List.of(0.0, 1.0), 0))))
                .isEqualTo(3.0);
    }

    private static double reference(Shape shape) {
        return ConversionModel.of("m", "1", SCHEMA, 0, Map.of("x", shape))
                .referenceUser()
                .number("x")
                .orElseThrow();
    }

    @Test
    void goldenVectorsProbeEachKnotItsNeighboursAndWhatLiesOutside() {
        Shape shape = new Shape.PointMass(0, 1, new Shape.Steps(List.of(3.0), List.of(0.0, 1.0), 0));

        assertThat(ConversionModel.of("m", "1", SCHEMA, 0, Map.of("x", shape)).golden())
                .extracting(vector -> vector.signals().get("x"))
                .contains(3.0, 0.0, -Double.MIN_VALUE, Math.nextDown(3.0), Double.MIN_VALUE, Math.nextUp(3.0), 4.0);
    }
}
