package io.conversion.model.report;

import io.conversion.core.NumericSignal;
import io.conversion.core.Shape;
import io.conversion.core.SignalDistribution;
import io.conversion.model.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a numeric signal is spread over users: where the tails begin, and a histogram of what lies between.
 *
 * @param low where the lowest users end
 * @param high where the highest users begin, at least {@code low}
 * @param bars the density between them; empty if they are the same
 */
record SignalSpread(double low, double high, List<ChartBin> bars) {

    private static final int BARS = 30;

    /** From the hundredth to the ninety-ninth hundredth of given users. */
    static SignalSpread of(NumericSignal signal, DataSet users, Shape.Scale scale) {
        double[] sorted = Arrays.stream(users.numbers(signal.name()))
                .filter(Double::isFinite)
                .map(signal::clip)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new SignalSpread(0, 0, List.of());
        }
        double low = sorted[sorted.length / 100];
        double high = sorted[sorted.length - 1 - sorted.length / 100];
        List<ChartBin> bars = new ArrayList<>();
        double width = (scale.of(high) - scale.of(low)) / BARS;
        int begin = 0;
        while (begin < sorted.length && sorted[begin] < low) {
            begin++;
        }
        for (int k = 0; k < BARS && width > 0; k++) {
            double from = k == 0 ? low : inverse(scale, scale.of(low) + k * width);
            double to = k == BARS - 1 ? high : inverse(scale, scale.of(low) + (k + 1) * width);
            int end = begin;
            while (end < sorted.length && (sorted[end] < to || (k == BARS - 1 && sorted[end] == to))) {
                end++;
            }
            bars.add(new ChartBin(from, to, end - begin));
            begin = end;
        }
        return new SignalSpread(low, high, bars);
    }

    /** Between the first and the last decile of the training rows. */
    static SignalSpread of(SignalDistribution.Numbers numbers, Shape.Scale scale) {
        List<Double> edges = numbers.edges();
        List<ChartBin> bars = new ArrayList<>();
        for (int k = 1; k < edges.size(); k++) {
            double width = scale.of(edges.get(k)) - scale.of(edges.get(k - 1));
            bars.add(new ChartBin(edges.get(k - 1), edges.get(k), numbers.rows().get(k) / width));
        }
        return new SignalSpread(edges.get(0), edges.get(edges.size() - 1), bars);
    }

    /** The number that is at a place of a scale. */
    static double inverse(Shape.Scale scale, double at) {
        return scale == Shape.Scale.PLAIN ? at : Math.copySign(Math.expm1(Math.abs(at)), at);
    }
}
