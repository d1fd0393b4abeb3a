package io.conversion.model.report;

import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.model.chart.ChartBin;
import io.conversion.model.data.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a numeric signal is spread over users: where the tails begin, and a histogram of what lies between.
 *
 * @param low where the lowest users end
 * @param high where the highest users begin, at least {@code low}
 * @param bars the density between them; empty if they are the same
 * @param massShare the share of the users at the point mass of the shape, who are in no bar; NaN if it is not known
 * @param some the values of some of the drawn users, evenly over all, ascending; empty if they are not known
 * @param whole whether all of them are whole numbers
 */
record SignalSpread(double low, double high, List<ChartBin> bars, double massShare, List<Double> some, boolean whole) {

    private static final int BARS = 30;
    private static final int SOME = 1000;

    /** From the hundredth to the ninety-ninth hundredth of given users. */
    static SignalSpread of(NumericSignal signal, DataSet users, Shape.OfNumber shape, Shape.Scale scale) {
        double[] all = Arrays.stream(users.numbers(signal.name()))
                .filter(Double::isFinite)
                .map(signal::clip)
                .toArray();
        double[] sorted = shape instanceof Shape.PointMass mass
                ? Arrays.stream(all).filter(x -> x != mass.at()).sorted().toArray()
                : Arrays.stream(all).sorted().toArray();
        double massShare = (double) (all.length - sorted.length) / Math.max(1, users.rows());
        if (sorted.length == 0) {
            return new SignalSpread(0, 0, List.of(), massShare, List.of(), false);
        }
        double low = sorted[sorted.length / 100];
        double high = sorted[sorted.length - 1 - sorted.length / 100];
        boolean whole = Arrays.stream(sorted).allMatch(x -> x == Math.rint(x));
        double[] edges = edges(low, high, scale, whole);
        double[] counts = new double[edges.length - 1];
        for (double x : sorted) {
            int bar = Arrays.binarySearch(edges, x);
            bar = bar >= 0 ? Math.min(bar, counts.length - 1) : -bar - 2;
            if (bar >= 0 && bar < counts.length && x <= edges[edges.length - 1]) {
                counts[bar]++;
            }
        }
        List<ChartBin> bars = low < high ? ChartBin.of(edges, counts) : List.of();
        int count = Math.min(SOME, sorted.length);
        List<Double> some = IntStream.range(0, count)
                .mapToObj(i -> sorted[(int) ((i + 0.5) * sorted.length / count)])
                .toList();
        return new SignalSpread(low, high, bars, massShare, some, whole);
    }

    /** Bars of equal width on the scale; of whole numbers on their own scale, bars of equally many of them. */
    private static double[] edges(double low, double high, Shape.Scale scale, boolean whole) {
        if (whole && scale == Shape.Scale.PLAIN && high - low < 1e6) {
            int each = (int) Math.ceil((high - low + 1) / BARS);
            int bars = (int) Math.ceil((high - low + 1) / each);
            return IntStream.rangeClosed(0, bars)
                    .mapToDouble(k -> low - 0.5 + (double) k * each)
                    .toArray();
        }
        double width = (scale.of(high) - scale.of(low)) / BARS;
        return IntStream.rangeClosed(0, BARS)
                .mapToDouble(k -> k == 0 ? low : k == BARS ? high : inverse(scale, scale.of(low) + k * width))
                .toArray();
    }

    /** Between the first and the last decile of the training rows. */
    static SignalSpread of(SignalDistribution.Numbers numbers, Shape.Scale scale) {
        List<Double> edges = numbers.edges();
        List<ChartBin> bars = new ArrayList<>();
        for (int k = 1; k < edges.size(); k++) {
            double width = scale.of(edges.get(k)) - scale.of(edges.get(k - 1));
            bars.add(new ChartBin(edges.get(k - 1), edges.get(k), numbers.rows().get(k) / width));
        }
        return new SignalSpread(edges.get(0), edges.get(edges.size() - 1), bars, Double.NaN, List.of(), false);
    }

    /** The share of the drawn users below a number; where no values are known, those in one bar are taken to lie evenly. */
    double below(double x, Shape.Scale scale) {
        if (!some.isEmpty()) {
            int at = Collections.binarySearch(some, x);
            int first = at < 0 ? -at - 1 : at;
            while (first > 0 && some.get(first - 1) >= x) {
                first--;
            }
            return (double) first / some.size();
        }
        double all = 0;
        double below = 0;
        for (ChartBin bar : bars) {
            double from = scale.of(bar.from());
            double width = scale.of(bar.to()) - from;
            double inside = Math.min(Math.max((scale.of(x) - from) / width, 0), 1);
            // Bars are as wide as each other, or as high as their users are dense.
            all += bar.height() * width;
            below += inside * bar.height() * width;
        }
        return all == 0 ? 0 : below / all;
    }

    /** The share of a chart's width that the middle eight tenths of the drawn users have. */
    double widthOfMiddle(Shape.Scale scale) {
        double from = scale.of(low);
        double width = scale.of(high) - from;
        int steps = 200;
        long middle = IntStream.range(0, steps)
                .mapToDouble(k -> below(inverse(scale, from + (k + 0.5) * width / steps), scale))
                .filter(below -> below > 0.1 && below < 0.9)
                .count();
        return (double) middle / steps;
    }

    /** The number that is at a place of a scale. */
    static double inverse(Shape.Scale scale, double at) {
        return scale == Shape.Scale.PLAIN ? at : Math.copySign(Math.expm1(Math.abs(at)), at);
    }
}
