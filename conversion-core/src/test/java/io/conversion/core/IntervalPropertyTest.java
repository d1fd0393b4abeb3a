package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class IntervalPropertyTest {

    @Property
    void intervalContainsTheProbabilityAndGrowsWithItsLevel(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Scorer scorer = users.model().scorer();
        Signals signals = users.signals();
        Score score = scorer.score(signals);

        Optional<ProbabilityInterval> before = Optional.empty();
        for (double level : new double[] {1e-9, 0.1, 0.5, 0.8, 0.95, 0.999, 1 - 1e-12}) {
            Optional<ProbabilityInterval> interval = score.interval(level);
            assertThat(interval.isPresent())
                    .isEqualTo(users.model().covariance().isPresent());
            if (interval.isPresent() && !Double.isNaN(score.probability())) {
                assertThat(score.probability())
                        .isBetween(interval.get().lower(), interval.get().upper());
            }
            if (before.isPresent()) {
                assertThat(interval.orElseThrow().lower())
                        .isLessThanOrEqualTo(before.get().lower());
                assertThat(interval.orElseThrow().upper())
                        .isGreaterThanOrEqualTo(before.get().upper());
            }
            before = interval;
        }
    }

    @Property
    void intervalIsTheSameBitsInAModelThatWasWrittenAndRead(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();

        ConversionModel read = ConversionModel.fromJson(users.model().toJson());

        assertThat(read.scorer().interval(signals, 0.9))
                .isEqualTo(users.model().scorer().interval(signals, 0.9));
    }

    /** By moving each number of each shape by itself: the shapes are linear in them. */
    @Property(tries = 200)
    void derivativesAreWhatTheLogOddsGain(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        ConversionModel model = users.model();
        Signals signals = users.signals();
        for (int i = 0; i < model.schema().size(); i++) {
            Shape shape = model.shape(model.schema().at(i).name());
            double value = signals.at(i);
            double before = Term.of(i, shape).of(value);
            for (String number : shape.numbers()) {
                double gained = Term.of(i, moved(shape, number)).of(value) - before;
                assertThat(shape.derivative(number, value))
                        .as("%s at %s of %s", number, value, shape)
                        .isCloseTo(gained, within(1e-9 * (1 + Math.abs(before) + Math.abs(gained))));
            }
        }
    }

    private static Shape moved(Shape shape, String number) {
        double missing = shape.missing() + (number.equals("missing") ? 1 : 0);
        if (shape instanceof Shape.PointMass mass) {
            double value = mass.value() + (number.equals("point_mass") ? 1 : 0);
            return new Shape.PointMass(mass.at(), value, (Shape.OfNumber) moved(mass.elsewhere(), number));
        } else if (shape instanceof Shape.Linear line) {
            return new Shape.Linear(line.slope() + (number.equals("slope") ? 1 : 0), line.centre(), missing);
        } else if (shape instanceof Shape.Log log) {
            return new Shape.Log(log.slope() + (number.equals("slope") ? 1 : 0), log.centre(), missing);
        } else if (shape instanceof Shape.Piecewise lines) {
            return new Shape.Piecewise(lines.scale(), lines.knots(), moved(lines.values(), number), missing);
        } else if (shape instanceof Shape.Steps steps) {
            return new Shape.Steps(steps.bounds(), moved(steps.values(), number), missing);
        } else if (shape instanceof Shape.Flag flag) {
            return new Shape.Flag(flag.whenTrue() + (number.equals("true") ? 1 : 0), missing);
        }
        Shape.Levels levels = (Shape.Levels) shape;
        Map<String, Double> values = new LinkedHashMap<>(levels.values());
        values.replaceAll((level, value) -> value + (number.equals("values/" + level) ? 1 : 0));
        return new Shape.Levels(
                values, levels.unseen() + (number.equals("unseen") ? 1 : 0), missing, levels.notEstimated());
    }

    private static List<Double> moved(List<Double> values, String number) {
        List<Double> moved = new ArrayList<>(values);
        for (int i = 0; i < moved.size(); i++) {
            moved.set(i, moved.get(i) + (number.equals("values/" + i) ? 1 : 0));
        }
        return moved;
    }
}
