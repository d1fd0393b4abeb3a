package io.conversion.core;

import io.conversion.core.Evidence.Rule;
import io.conversion.core.Evidence.Substitution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Maps signals to a score: {@code intercept + sum of shapes}, added in the order of the schema, then the logistic
 * function.
 *
 * <p>Pure, and deterministic to the bit on every JVM: plain arithmetic in a fixed order and {@link StrictMath} only.
 * Immutable and safe to share between threads.
 */
public final class Scorer {

    private final ModelReference model;
    private final SignalSchema schema;
    private final double intercept;

    // By position. A signal with a table adds the entry of its code; an empty one adds slope * (value - centre).
    private final double[] slopes;
    private final double[] centres;
    private final double[] missing;
    private final double[] unseen;
    private final double[][] tables;
    private final boolean[][] notEstimated;
    private final boolean anyNotEstimated;

    Scorer(ModelReference model, SignalSchema schema, double intercept, List<Shape> shapes) {
        int size = shapes.size();
        this.model = model;
        this.schema = schema;
        this.intercept = intercept;
        this.slopes = new double[size];
        this.centres = new double[size];
        this.missing = shapes.stream().mapToDouble(Shape::missing).toArray();
        this.unseen = new double[size];
        this.tables = new double[size][];
        this.notEstimated = new boolean[size][];
        boolean any = false;
        Arrays.fill(tables, new double[0]);
        Arrays.fill(notEstimated, new boolean[0]);
        for (int i = 0; i < size; i++) {
            Shape shape = shapes.get(i);
            if (shape instanceof Shape.Linear linear) {
                slopes[i] = linear.slope();
                centres[i] = linear.centre();
            } else if (shape instanceof Shape.Flag flag) {
                tables[i] = new double[] {0, flag.whenTrue()};
            } else if (shape instanceof Shape.Levels levels) {
                tables[i] = levels.values().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                unseen[i] = levels.unseen();
                notEstimated[i] = notEstimated(levels);
                any |= !levels.notEstimated().isEmpty();
            }
        }
        this.anyNotEstimated = any;
    }

    /**
     * Scores one user.
     *
     * @param signals signals of this model's schema
     * @return the score
     * @throws IllegalArgumentException if the signals are of another schema
     */
    public Score score(Signals signals) {
        if (!schema.equals(signals.schema())) {
            throw new IllegalArgumentException("signals of schema " + signals.schema() + " ("
                    + signals.schema().digest()
                    + ") cannot be scored by model " + model + ", which has schema " + schema + " (" + schema.digest()
                    + ")");
        }
        double logOdds = logOdds(signals.values());
        return new Score(this, signals, logOdds, probability(logOdds));
    }

    /**
     * The schema of the signals that this scorer takes.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return schema;
    }

    /**
     * The model that this scorer evaluates.
     *
     * @return its reference
     */
    public ModelReference model() {
        return model;
    }

    private double logOdds(double[] values) {
        double sum = intercept;
        for (int i = 0; i < values.length; i++) {
            sum += term(i, values[i]);
        }
        return sum;
    }

    private double term(int position, double value) {
        if (Double.isNaN(value)) {
            return missing[position];
        }
        double[] table = tables[position];
        if (table.length == 0) {
            return slopes[position] * (value - centres[position]);
        }
        return value < 0 ? unseen[position] : table[(int) value];
    }

    /**
     * One division and no difference of nearly equal numbers, so that it never falls where the log-odds rise; exp of up
     * to 700 does not overflow, and below -700 the 1 makes no difference.
     */
    private static double probability(double logOdds) {
        return logOdds < -700 ? StrictMath.exp(logOdds) : 1 / (1 + StrictMath.exp(-logOdds));
    }

    Evidence evidence(Signals signals) {
        List<Substitution> substitutions = signals.substitutions();
        if (!anyNotEstimated) {
            return substitutions.isEmpty() ? Evidence.COMPLETE : new Evidence(substitutions);
        }
        List<Substitution> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < slopes.length; i++) {
            Signal signal = schema.declared().get(i);
            if (next < substitutions.size() && substitutions.get(next).signal().equals(signal.name())) {
                all.add(substitutions.get(next++));
            } else if (notEstimated[i].length > 0 && notEstimated[i][(int) signals.values()[i]]) {
                String level = ((CategoricalSignal) signal).levels().get((int) signals.values()[i]);
                all.add(new Substitution(signal.name(), Rule.NOT_ESTIMATED, level));
            }
        }
        return new Evidence(all);
    }

    private static boolean[] notEstimated(Shape.Levels levels) {
        boolean[] marks = new boolean[levels.values().size()];
        int code = 0;
        for (String level : levels.values().keySet()) {
            marks[code++] = levels.notEstimated().contains(level);
        }
        return marks;
    }
}
