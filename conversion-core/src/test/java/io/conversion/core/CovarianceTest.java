package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovarianceTest {

    private static final ShapeNumber SLOPE = new ShapeNumber("x", "slope");

    private static final SignalSchema SCHEMA = SignalSchema.of("one", "1", Signal.numeric("x"));

    private static final Covariance LINE = Covariance.of(List.of(ShapeNumber.INTERCEPT, SLOPE), new double[][] {
        {0.0225757, -0.0005},
        {-0.0005, 0.00041}
    });

    @Test
    void covarianceOfANumberThatIsNotListedIsZero() {
        assertThat(LINE.numbers()).containsExactly(ShapeNumber.INTERCEPT, SLOPE);
        assertThat(LINE.between(SLOPE, ShapeNumber.INTERCEPT)).isEqualTo(-0.0005);
        assertThat(LINE.between(SLOPE, SLOPE)).isEqualTo(0.00041);
        assertThat(LINE.between(SLOPE, new ShapeNumber("x", "missing"))).isZero();
    }

    @Test
    void faultsAreNamed() {
        assertFault("it lists no number", List.of(), new double[0][]);
        assertFault("2 numbers have a matrix of 1 rows", List.of(ShapeNumber.INTERCEPT, SLOPE), new double[][] {{1}});
        assertFault(
                "\"slope\" of signal \"x\" is listed twice", List.of(SLOPE, SLOPE), new double[][] {{1, 0}, {0, 1}});
        assertFault(
                "the row of \"slope\" of signal \"x\" has 1 entries, not 2",
                List.of(ShapeNumber.INTERCEPT, SLOPE),
                new double[][] {{1, 0}, {1}});
        assertFault(
                "the entry of \"slope\" of signal \"x\" and \"intercept\" is 0.5 in one half and 0.25 in the other",
                List.of(ShapeNumber.INTERCEPT, SLOPE),
                new double[][] {{1, 0.25}, {0.5, 1}});
        assertFault(
                "the entry of \"intercept\" and \"intercept\" is NaN; every number must be finite",
                List.of(ShapeNumber.INTERCEPT),
                new double[][] {{Double.NaN}});
        assertFault(
                "the variance of \"intercept\" is -1.0; it must be at least 0",
                List.of(ShapeNumber.INTERCEPT),
                new double[][] {{-1}});
    }

    private static void assertFault(String fault, List<ShapeNumber> numbers, double[][] matrix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Covariance.of(numbers, matrix))
                .withMessage("covariance: " + fault);
    }

    @Test
    void numberThatNoShapeHasIsRefused() {
        Covariance wrong = Covariance.of(
                List.of(new ShapeNumber("x", "values/0"), new ShapeNumber("y", "slope"), new ShapeNumber("", "slope")),
                new double[3][3]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> line().covariance(wrong).build())
                .withMessage("""
                        model "m" 1: the covariance lists "values/0" of signal "x", which no shape of the model has
                          the covariance lists "slope" of signal "y", which no shape of the model has
                          the covariance lists "slope", which no shape of the model has""");
    }

    /**
     * R: {@code C <- matrix(c(.0225757,-.0005,-.0005,.00041),2); g <- c(1,5); f <- -1+.3*5; se <- sqrt(t(g)%*%C%*%g);
     * plogis(f + c(-1,1)*qnorm(.975)*se)}, and with {@code plogis(qlogis(.02)-qlogis(.1) + 2*(f ...)+.5)}.
     */
    @Test
    void intervalIsTheWaldIntervalOfTheRawLogOddsMappedToProbabilities() {
        Signals user = SCHEMA.signals().set("x", 7).build();
        ConversionModel plain = line().covariance(LINE).build();
        ConversionModel mapped = line().covariance(LINE)
                .calibration(new Calibration.Platt(2, 0.5))
                .baseRate(0.1, 0.02)
                .build();

        ProbabilityInterval interval = plain.scorer().interval(user, 0.95).orElseThrow();
        ProbabilityInterval further = mapped.scorer().score(user).interval(0.95).orElseThrow();

        assertThat(interval.lower()).isCloseTo(0.5431567653308005, within(1e-14));
        assertThat(interval.upper()).isCloseTo(0.6957080115993406, within(1e-14));
        assertThat(interval.level()).isEqualTo(0.95);
        assertThat(further.lower()).isCloseTo(0.29975173359841956, within(1e-14));
        assertThat(further.upper()).isCloseTo(0.612845474536896, within(1e-14));
    }

    @Test
    void intervalOfSignalsOfAnotherSchemaIsRefused() {
        Signals user = SignalSchema.of("other", "1", Signal.numeric("x"))
                .signals()
                .set("x", 7)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> line().covariance(LINE).build().scorer().interval(user, 0.9))
                .withMessageContaining("\"other\" 1")
                .withMessageContaining("\"one\" 1");
    }

    @Test
    void modelWithoutCovarianceHasNoInterval() {
        Signals user = SCHEMA.signals().set("x", 7).build();

        assertThat(line().build().scorer().interval(user, 0.5)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line().build().scorer().interval(user, 1))
                .withMessage("the confidence level is 1.0; it must be above 0 and below 1, such as 0.95");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProbabilityInterval(0.5, Double.NaN, 0.9))
                .withMessage("the interval is 0.5 to NaN; its ends must be ordered numbers from 0 to 1");
    }

    @Test
    void intervalOfAScoreThatOverflowedSaysNothing() {
        ConversionModel steep = ConversionModel.builder("m", "1", SCHEMA)
                .shapes(Map.of("x", new Shape.Linear(1, 0, 0)))
                .covariance(Covariance.of(List.of(SLOPE), new double[][] {{1}}))
                .build();

        assertThat(steep.scorer().interval(SCHEMA.signals().set("x", 1e300).build(), 0.9))
                .contains(new ProbabilityInterval(0, 1, 0.9));
    }

    @Test
    void artifactHoldsTheLowerTriangle() {
        ConversionModel model = line().covariance(LINE).build();

        ConversionModel read = ConversionModel.fromJson(model.toJson());

        assertThat(model.toJson()).contains("\"row\": [-5.0E-4, 4.1E-4]");
        assertThat(read.reference()).isEqualTo(model.reference());
        assertThat(read.covariance().orElseThrow().between(ShapeNumber.INTERCEPT, SLOPE))
                .isEqualTo(-0.0005);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    FRAGMENT              | REPLACEMENT     | PROBLEM
                    [-5.0E-4, 4.1E-4]     | [1]             | /covariance/1/row is 1 numbers; expected 2, up to the variance
                    [-5.0E-4, 4.1E-4]     | [1, "2"]        | /covariance/1/row is the text "2" in its list; expected a list of finite numbers
                    [-5.0E-4, 4.1E-4]     | [1, -1]         | /covariance is not valid; covariance: the variance of "slope" of signal "x" is -1.0; it must be at least 0
                    "number": "slope"     | "number": "s"   | /covariance is not valid; the covariance lists "s" of signal "x", which no shape of the model has
                    """)
    void faultsOfAnArtifactAreNamed(String fragment, String replacement, String problem) {
        String json = Fixtures.replaced(line().covariance(LINE).build().toJson(), fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessageContaining(problem);
    }

    /** Each number alone has the variance 1, so the squared reach of the interval is the sum of squared derivatives. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    X,  NUMBER,      DERIVATIVE
                    0,  point_mass,  1
                    0,  values/0,    0
                    1,  values/0,    0.75
                    1,  values/1,    0.25
                    1,  values/2,    0
                    1,  point_mass,  0
                    4,  values/1,    1
                    9,  values/2,    1
                    -9, values/0,    1
                    -9, values/1,    0
                      , missing,     1
                      , values/0,    0
                    1,  missing,     0
                    """)
    void shapeGainsWhatEachOfItsNumbersGivesIt(Double x, String number, double derivative) {
        Shape shape = new Shape.PointMass(
                0, 1, new Shape.Piecewise(Shape.Scale.PLAIN, List.of(0.0, 4.0, 8.0), List.of(0.0, 1.0, 0.0), 0));

        assertThat(shape.numbers()).contains(number);
        assertThat(shape.derivative(number, x == null ? Double.NaN : x)).isEqualTo(derivative);
    }

    @Test
    void otherShapesGainWhatTheirNumbersGiveThem() {
        Shape steps = new Shape.Steps(List.of(0.0, 5.0), List.of(0.0, 1.0, 2.0), 0);
        Shape.Levels levels = new Shape.Levels(new LinkedHashMap<>(Map.of("a", 1.0)), 0, 0, Set.of());
        Shape flag = new Shape.Flag(1, 0);

        assertThat(steps.derivative("values/1", 0)).isEqualTo(1);
        assertThat(steps.derivative("values/0", 0)).isZero();
        assertThat(new Shape.Log(3, 0.5, 0).derivative("slope", -1)).isCloseTo(-1.1931471805599454, within(1e-15));
        assertThat(levels.derivative("values/a", Signals.FIRST_LEVEL)).isEqualTo(1);
        assertThat(levels.derivative("unseen", Signals.FIRST_LEVEL)).isZero();
        assertThat(levels.derivative("unseen", Signals.UNSEEN)).isEqualTo(1);
        assertThat(levels.derivative("missing", Signals.UNSEEN)).isZero();
        assertThat(levels.derivative("missing", Signals.MISSING)).isEqualTo(1);
        assertThat(levels.derivative("values/a", Signals.MISSING)).isZero();
        assertThat(flag.derivative("true", Signals.TRUE)).isEqualTo(1);
        assertThat(flag.derivative("true", Signals.FIRST_LEVEL)).isZero();
        assertThat(levels.numbers()).containsExactly("values/a", "unseen", "missing");
        assertThat(flag.numbers()).containsExactly("true", "missing");
    }

    private static ConversionModelBuilder line() {
        return ConversionModel.builder("m", "1", SCHEMA).intercept(-1).shapes(Map.of("x", new Shape.Linear(0.3, 2, 0)));
    }
}
