package io.conversion.model.design;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which signals go one way alone and the other way in the fit, beside others that tell much of the same. Both are sure: the
 * area under the ROC curve of the signal alone lies apart from one half, and the interval of the difference of the fit
 * between a low and a high value of the signal excludes none.
 *
 * <p>The partner is the signal whose contribution rises or falls the most with it, in the direction that it has alone: the
 * least squares slopes of all contributions on the values add up to that of the log-odds.
 */
public final class SignFlips {

    /** In standard errors, two-sided: 1 % for the signal alone, of which there are many; 5 % in the fit. */
    private static final double ALONE = 2.576;

    private static final double IN_THE_FIT = 1.96;

    /** How many rows tell where the outer tenths of a signal begin. */
    private static final int SOME = 2000;

    private final FittedDesign fitted;
    private final DataSet data;
    private final List<Signal> declared;
    private double @Nullable [][] covariance;

    private SignFlips(FittedDesign fitted) {
        this.fitted = fitted;
        this.data = fitted.design().data();
        this.declared = data.schema().declared();
    }

    public static List<Flip> of(FittedDesign fitted) {
        SignFlips flips = new SignFlips(fitted);
        return IntStream.range(0, flips.declared.size())
                .filter(i -> !(flips.declared.get(i) instanceof CategoricalSignal))
                .boxed()
                .flatMap(i -> flips.flip(i).stream())
                .toList();
    }

    private Optional<Flip> flip(int position) {
        double alone = fitted.design().summaries().get(position).standardisedArea(data.positives(), data.rows());
        if (Math.abs(alone) < ALONE) {
            return Optional.empty();
        }
        double[] values = some(position);
        if (values.length == 0) {
            return Optional.empty();
        }
        double low = values[values.length / 10];
        double high = values[values.length - 1 - values.length / 10];
        double[] weights = weights(position, low, high);
        double difference = 0;
        for (int j = 0; j < weights.length; j++) {
            difference += weights[j] * fitted.optimum().parameters()[j];
        }
        return difference * alone < 0 && Math.abs(difference) > IN_THE_FIT * standardError(weights)
                ? Optional.of(new Flip(declared.get(position).name(), partner(position, alone), alone > 0))
                : Optional.empty();
    }

    /** The values of some rows, evenly over all, ascending. */
    private double[] some(int position) {
        double[] all = data.column(position);
        int step = Math.max(1, all.length / SOME);
        return IntStream.iterate(0, row -> row < all.length, row -> row + step)
                .mapToDouble(row -> all[row])
                .filter(value -> !Double.isNaN(value))
                .map(value -> declared.get(position) instanceof NumericSignal numeric ? numeric.clip(value) : value)
                .sorted()
                .toArray();
    }

    /** What the parameters are multiplied by in the difference of the fit between two values of a signal. */
    private double[] weights(int position, double low, double high) {
        List<DesignColumn> columns = fitted.columns();
        SignalBasis basis = fitted.design().bases().get(position);
        double[] at = new double[basis.columns().size()];
        double[] from = new double[at.length];
        basis.fill(high, at, 0);
        basis.fill(low, from, 0);
        double[] weights = new double[columns.size() + 1];
        for (int j = 0; j < columns.size(); j++) {
            if (columns.get(j).position() == position) {
                weights[j] = at[columns.get(j).part()] - from[columns.get(j).part()];
            }
        }
        return weights;
    }

    private double standardError(double[] weights) {
        covariance = covariance == null ? fitted.covariance() : covariance;
        if (covariance == null) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = 0;
        for (int j = 0; j < weights.length; j++) {
            for (int k = 0; k < weights.length; k++) {
                variance += weights[j] * weights[k] * covariance[Math.max(j, k)][Math.min(j, k)];
            }
        }
        return Math.sqrt(variance);
    }

    private String partner(int position, double alone) {
        double[] x = data.column(position);
        double mean =
                Arrays.stream(x).filter(value -> !Double.isNaN(value)).average().orElse(0);
        double[] slopes = new double[declared.size()];
        double[][] rows = fitted.optimum().rows();
        List<DesignColumn> columns = fitted.columns();
        double[] parameters = fitted.optimum().parameters();
        for (int row = 0; row < rows.length; row++) {
            double distance = Double.isNaN(x[row]) ? 0 : x[row] - mean;
            for (int j = 0; j < columns.size(); j++) {
                slopes[columns.get(j).position()] += distance * parameters[j] * rows[row][j];
            }
        }
        int most = IntStream.range(0, slopes.length)
                .filter(i -> i != position)
                .reduce((a, b) -> slopes[b] * alone > slopes[a] * alone ? b : a)
                .orElse(position);
        return slopes[most] * alone > 0 && most != position ? declared.get(most).name() : "";
    }

    /**
     * A signal that goes one way alone and the other way in the fit.
     *
     * @param signal its name
     * @param partner the signal that explains most of it; empty if none does
     * @param raisesAlone whether it raises the probability alone
     */
    public record Flip(String signal, String partner, boolean raisesAlone) {}
}
