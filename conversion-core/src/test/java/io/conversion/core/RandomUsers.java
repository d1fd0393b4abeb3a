package io.conversion.core;

import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Models of every kind of signal and rule, and users for them, good and bad, drawn from a seed. */
public final class RandomUsers {

    private static final String[] LEVELS = {"a", "b", "c", "d"};

    private final Random random;
    private final ConversionModel model;

    public RandomUsers(long seed) {
        this.random = new Random(seed);
        List<Signal> declared = new ArrayList<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        int size = 1 + random.nextInt(9);
        for (int i = 0; i < size; i++) {
            String name = "s" + i;
            weights.put(name, random.nextInt(4) == 0 ? 0 : random.nextDouble());
            switch (random.nextInt(4)) {
                case 0 -> {
                    declared.add(flag(name));
                    shapes.put(name, new Shape.Flag(number(), number()));
                }
                case 1 -> categorical(name, declared, shapes);
                default -> {
                    declared.add(numeric(name));
                    shapes.put(name, shape());
                }
            }
        }
        ConversionModelBuilder parts = ConversionModel.builder("random", "1", SignalSchema.of("random", "1", declared));
        if (random.nextInt(4) == 0) {
            parts.baseRate(rate(), rate());
        }
        if (random.nextBoolean()) {
            parts.covariance(covariance(shapes));
        }
        model = parts.intercept(number())
                .calibration(calibration())
                .shapes(shapes)
                .weights(weights)
                .minimumEvidence(MinimumEvidence.of(random.nextBoolean() ? 0 : random.nextDouble(), "s0"))
                .build();
    }

    private Shape.OfNumber shape() {
        Shape.OfNumber shape = switch (random.nextInt(6)) {
            case 0 -> new Shape.Log(number(), number(), number());
            case 1 -> {
                List<Double> bounds = ascending(1 + random.nextInt(5));
                yield new Shape.Steps(bounds, numbers(bounds.size() + 1), number());
            }
            case 2 -> {
                List<Double> knots = ascending(2 + random.nextInt(5));
                Shape.Scale scale = random.nextBoolean() ? Shape.Scale.PLAIN : Shape.Scale.SIGNED_LOG;
                yield new Shape.Piecewise(scale, knots, numbers(knots.size()), number());
            }
            default -> new Shape.Linear(number(), number(), number());
        };
        return random.nextInt(4) == 0 ? new Shape.PointMass(random.nextInt(3), number(), shape) : shape;
    }

    /** Of some of the numbers: a matrix times itself turned over has variances of at least 0. */
    private Covariance covariance(Map<String, Shape> shapes) {
        List<ShapeNumber> numbers = new ArrayList<>(List.of(ShapeNumber.INTERCEPT));
        shapes.forEach((signal, shape) -> shape.numbers().stream()
                .filter(number -> random.nextInt(3) > 0)
                .forEach(number -> numbers.add(new ShapeNumber(signal, number))));
        double[][] roots = new double[numbers.size()][numbers.size()];
        double[][] matrix = new double[numbers.size()][numbers.size()];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                roots[i][j] = random.nextGaussian() / 4;
            }
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < matrix.length; k++) {
                    matrix[i][j] += roots[i][k] * roots[j][k];
                }
                matrix[j][i] = matrix[i][j];
            }
        }
        return Covariance.of(numbers, matrix);
    }

    private double rate() {
        return (1 + random.nextInt(99)) / 100.0;
    }

    private Calibration calibration() {
        return switch (random.nextInt(4)) {
            case 0 -> new Calibration.Platt(0.1 + 2 * random.nextDouble(), number());
            case 1 -> {
                int points = 1 + random.nextInt(8);
                yield new Calibration.Isotonic(ascending(points), ascending(points));
            }
            default -> new Calibration.None();
        };
    }

    private List<Double> ascending(int count) {
        TreeSet<Double> numbers = new TreeSet<>();
        while (numbers.size() < count) {
            numbers.add(random.nextBoolean() ? random.nextInt(30) - 6 : 10 * random.nextGaussian());
        }
        return List.copyOf(numbers);
    }

    private List<Double> numbers(int count) {
        return Stream.generate(this::number).limit(count).toList();
    }

    private WhenMissing whenMissing() {
        return random.nextInt(3) == 0 ? WhenMissing.REFUSE : WhenMissing.IMPUTE;
    }

    private Signal flag(String name) {
        FlagSignal signal = Signal.flag(name).whenMissing(whenMissing());
        return random.nextBoolean() ? signal.actionable() : signal.hidden();
    }

    private NumericSignal numeric(String name) {
        NumericSignal signal = Signal.numeric(name).whenMissing(whenMissing());
        signal = random.nextBoolean() ? signal.wholeNumbers() : signal;
        signal = random.nextBoolean() ? signal.range(-5, 20) : signal;
        signal = random.nextBoolean() ? signal.whenOutOfRange(WhenOutOfRange.CLIP) : signal;
        return random.nextInt(4) == 0 ? signal.hidden() : signal.actionable();
    }

    private void categorical(String name, List<Signal> declared, Map<String, Shape> shapes) {
        List<String> levels = List.of(LEVELS).subList(0, 1 + random.nextInt(LEVELS.length));
        Map<String, Double> values = new LinkedHashMap<>();
        levels.forEach(level -> values.put(level, number()));
        CategoricalSignal signal = Signal.categorical(name, levels).whenMissing(whenMissing());
        double unseen = number();
        Set<String> notEstimated = Set.of();
        switch (random.nextInt(4)) {
            case 0 -> signal = signal.whenUnseen(WhenUnseen.average());
            case 1 -> {
                signal = signal.whenUnseen(WhenUnseen.level("a"));
                unseen = values.getOrDefault("a", 0.0);
            }
            case 2 -> {
                String last = levels.get(levels.size() - 1);
                values.put(last, values.getOrDefault("a", 0.0));
                notEstimated = Set.of(last);
            }
            default -> {}
        }
        declared.add(random.nextInt(4) == 0 ? signal.hidden() : signal.actionable());
        shapes.put(name, new Shape.Levels(values, unseen, number(), notEstimated));
    }

    private double number() {
        return random.nextInt(8) == 0 ? 0 : random.nextGaussian();
    }

    public ConversionModel model() {
        return model;
    }

    public SignalSchema schema() {
        return model.schema();
    }

    /** A user who may break every rule of the schema. */
    public Map<String, Object> user() {
        Map<String, Object> user = new LinkedHashMap<>();
        for (Signal signal : schema().declared()) {
            if (random.nextInt(10) > 0) {
                user.put(
                        signal.name(),
                        signal instanceof NumericSignal
                                ? numericValue()
                                : signal instanceof FlagSignal
                                        ? (Object) random.nextBoolean()
                                        : LEVELS[random.nextInt(LEVELS.length)]);
            }
        }
        return user;
    }

    private double numericValue() {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> 1e300;
            case 3 -> -0.0;
            case 4, 5, 6, 7 -> random.nextInt(22) - 3;
            default -> random.nextGaussian() * 8;
        };
    }

    /** Signals that the schema accepts. */
    public Signals signals() {
        while (true) {
            if (schema().read(user()) instanceof SignalReading.Accepted accepted) {
                return accepted.signals();
            }
        }
    }

    public double probability() {
        return 1 - random.nextDouble();
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }
}
