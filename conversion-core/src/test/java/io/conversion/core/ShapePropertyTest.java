package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShapePropertyTest {

    @Property
    void modelComputesTheBitsOfItsShapes(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();
        ConversionModel model = users.model();

        double sum = model.intercept();
        for (int i = 0; i < model.schema().size(); i++) {
            double value = signals.at(i);
            Shape shape = model.shape(model.schema().at(i).name());
            sum += shape instanceof Shape.OfNumber number
                    ? Double.isNaN(value) ? number.missing() : number.at(value)
                    : Term.of(i, shape).of(value);
        }

        assertThat(model.scorer().score(signals).rawLogOdds()).isEqualTo(sum);
    }

    @Property
    void piecewiseShapeIsExactAtItsKnotsAndStaysBetweenTheirValues(@ForAll long seed, @ForAll boolean signedLog) {
        Random random = new Random(seed);
        Shape.Piecewise shape = piecewise(random, signedLog, false);

        for (int i = 1; i < shape.knots().size(); i++) {
            double from = shape.knots().get(i - 1);
            double to = shape.knots().get(i);
            double low = Math.min(shape.values().get(i - 1), shape.values().get(i));
            double high = Math.max(shape.values().get(i - 1), shape.values().get(i));
            assertThat(shape.at(from)).isEqualTo(shape.values().get(i - 1));
            assertThat(shape.at(to)).isEqualTo(shape.values().get(i));
            for (double x : new double[] {Math.nextDown(to), Math.nextUp(from), within(random, from, to)}) {
                assertThat(shape.at(x)).isBetween(low, high);
            }
        }
    }

    /** To the last bit: neighbouring doubles around the knots and anywhere are compared. */
    @Property
    void ascendingValuesGiveARisingShapeOnThePlainScale(@ForAll long seed) {
        Random random = new Random(seed);
        Shape.Piecewise shape = piecewise(random, false, true);
        List<Double> numbers = new ArrayList<>();
        for (double knot : shape.knots()) {
            Collections.addAll(numbers, Math.nextDown(knot), knot, Math.nextUp(knot));
        }
        for (int i = 0; i < 200; i++) {
            double x = within(random, shape.knots().get(0) - 1, Collections.max(shape.knots()) + 1);
            Collections.addAll(numbers, x, Math.nextUp(x), Math.nextUp(Math.nextUp(x)));
        }
        Collections.sort(numbers);

        assertThat(numbers.stream().map(shape::at).toList()).isSorted();
    }

    @Property
    void writtenModelScoresTheSameBitsWhenReadBack(@ForAll long seed) {
        RandomUsers users = new RandomUsers(seed);
        Signals signals = users.signals();

        ConversionModel read = ConversionModel.fromJson(users.model().toJson());

        assertThat(read.reference()).isEqualTo(users.model().reference());
        assertThat(read.shapes()).isEqualTo(users.model().shapes());
        assertThat(read.toJson()).isEqualTo(users.model().toJson());
        assertThat(read.scorer().score(signals).logOdds())
                .isEqualTo(users.model().scorer().score(signals).logOdds());
    }

    /** By trying every whole number there is. */
    @Property(tries = 300)
    void smallestChangeOfAWholeNumberIsTheNearestOneThatReaches(@ForAll long seed) {
        Random random = new Random(seed);
        Shape.OfNumber shape = random.nextBoolean()
                ? piecewise(random, random.nextBoolean(), false)
                : new Shape.PointMass(random.nextInt(9) - 4, random.nextGaussian(), piecewise(random, false, false));
        SignalSchema schema = SignalSchema.of(
                "one", "1", Signal.numeric("x").wholeNumbers().range(-40, 40).actionable());
        ConversionModel model = ConversionModel.of("m", "1", schema, random.nextGaussian(), Map.of("x", shape));
        int from = random.nextInt(81) - 40;
        double target = model.scorer()
                .score(schema.signals().set("x", random.nextInt(81) - 40).build())
                .probability();

        Change change = model.scorer()
                .whatWouldChange(schema.signals().set("x", from).build(), target)
                .orElseThrow()
                .get(0);

        double nearest = Double.NaN;
        for (int distance = 0; distance <= 80 && Double.isNaN(nearest); distance++) {
            for (int x : new int[] {from + distance, from - distance}) {
                if (Double.isNaN(nearest) && Math.abs(x) <= 40 && probability(model, x) >= target) {
                    nearest = x;
                }
            }
        }
        assertThat(change)
                .isInstanceOfSatisfying(
                        Change.Reaches.class,
                        reaches -> assertThat(reaches.probability()).isGreaterThanOrEqualTo(target));
        assertThat(((Change.Reaches) change).to()).isEqualTo(nearest);
    }

    private static double probability(ConversionModel model, int x) {
        return model.scorer()
                .score(model.schema().signals().set("x", x).build())
                .probability();
    }

    private static Shape.Piecewise piecewise(Random random, boolean signedLog, boolean ascending) {
        TreeSet<Double> knots = new TreeSet<>();
        int count = 2 + random.nextInt(6);
        while (knots.size() < count) {
            knots.add(random.nextBoolean() ? random.nextInt(60) - 30 : 20 * random.nextGaussian());
        }
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextInt(4) == 0 && i > 0 ? values.get(i - 1) : random.nextGaussian());
        }
        if (ascending) {
            Collections.sort(values);
        }
        return new Shape.Piecewise(
                signedLog ? Shape.Scale.SIGNED_LOG : Shape.Scale.PLAIN, List.copyOf(knots), values, 0);
    }

    private static double within(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }
}
