package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a numeric signal adds to the log-odds of a user, against the reference user, and how the signal is distributed.
 *
 * @param signal the signal with its unit
 * @param scale the scale on which the signal is drawn; labels are in its unit
 * @param curve values of the signal (x), ascending, and the contribution with its interval (y, log-odds)
 * @param histogram the distribution of the signal, in counts or shares; may be empty
 * @param reference the value of the reference user
 * @param pointMass the separate contribution at one value, such as zero; null if there is none
 * @param massName what the separate contribution is called, such as {@code 0 (41 % of users)}; empty if there is none
 * @param missing the contribution of a missing value, whose {@code x} is not used; null if there is none
 */
public record ShapeChart(
        String signal,
        Shape.Scale scale,
        List<ChartPoint> curve,
        List<ChartBin> histogram,
        double reference,
        @Nullable ChartPoint pointMass,
        String massName,
        @Nullable ChartPoint missing) {

    /** Copies the lists. {@inheritDoc} */
    public ShapeChart {
        curve = List.copyOf(curve);
        histogram = List.copyOf(histogram);
        if (curve.size() < 2 || curve.get(0).x() >= curve.get(curve.size() - 1).x() || !ascends(curve)) {
            throw new IllegalArgumentException("signal " + ArtifactText.quoted(signal) + ": the curve of its chart has "
                    + curve.size() + " points; it needs at least two, whose x ascend");
        }
        if (!Double.isFinite(reference)) {
            throw new IllegalArgumentException("signal " + ArtifactText.quoted(signal)
                    + ": the reference of its chart is " + reference + "; it must be finite");
        }
    }

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with
     * @return the SVG
     */
    public String svg(String id) {
        ChartRange values = ChartRange.of(curve, ChartPoint::x).with(reference);
        List<ChartPoint> estimates = new ArrayList<>(curve);
        if (pointMass != null) {
            values = values.with(pointMass.x());
            estimates.add(pointMass);
        }
        if (missing != null) {
            estimates.add(missing);
        }
        ChartAxis x = xAxis(values);
        ChartRange contributions = ChartRange.ofIntervals(estimates).with(0).padded(0.06, 0.06);
        // Bars below the curve.
        ChartRange panel = contributions.padded(histogram.isEmpty() ? 0 : 0.28, 0);
        ChartAxis y = ChartAxis.linear("contribution (log-odds)", panel.min(), panel.max())
                .tickedWithin(contributions.min(), contributions.max());
        ChartAxis odds = ChartAxis.odds(contributions.min(), contributions.max());
        ChartCanvas canvas = ChartCanvas.between(x, y, odds);
        if (!histogram.isEmpty()) {
            double tallest = ChartRange.of(histogram, ChartBin::height).max();
            canvas.bars(scaled(values), panel.min(), 0.22 * contributions.span() / Math.max(tallest, 1e-300));
        }
        List<ChartMark> named = new ArrayList<>(List.of(new ChartMark("reference", scale.of(reference))));
        if (pointMass != null) {
            named.add(new ChartMark(massName, scale.of(pointMass.x())));
        }
        canvas.horizontal(0, ChartInk.QUIET)
                .marks(named)
                .ribbon(scaled(curve), ChartInk.FIRST)
                .line(scaled(curve), ChartInk.FIRST);
        if (pointMass != null) {
            canvas.points(scaled(List.of(pointMass)), ChartInk.FIRST);
        }
        if (missing != null) {
            canvas.points(
                    List.of(new ChartPoint(
                            x.ticks().get(x.ticks().size() - 1).at(), missing.y(), missing.lower(), missing.upper())),
                    ChartInk.SECOND);
        }
        return canvas.svg(id);
    }

    private static boolean ascends(List<ChartPoint> curve) {
        return IntStream.range(1, curve.size())
                .allMatch(i -> curve.get(i - 1).x() <= curve.get(i).x());
    }

    /** Missing is a tick of its own, right of the values. */
    private ChartAxis xAxis(ChartRange values) {
        ChartAxis axis = ChartAxis.of(signal, scale, values.min(), values.max(), missing == null ? 0.94 : 0.71);
        double margin = 0.03 * axis.span();
        ChartAxis padded = new ChartAxis(signal, axis.min() - margin, axis.max() + margin, axis.ticks());
        if (missing == null) {
            return padded;
        }
        return padded.with(new ChartMark("missing", axis.max() + 0.24 * axis.span()), axis.max() + 0.36 * axis.span());
    }

    private List<ChartPoint> scaled(List<ChartPoint> points) {
        return points.stream()
                .map(point -> new ChartPoint(scale.of(point.x()), point.y(), point.lower(), point.upper()))
                .toList();
    }

    /** The bars on the scale, cut to the values that the curve has. */
    private List<ChartBin> scaled(ChartRange values) {
        return histogram.stream()
                .filter(bin -> bin.to() > values.min() && bin.from() < values.max())
                .map(bin -> new ChartBin(
                        scale.of(Math.max(bin.from(), values.min())),
                        scale.of(Math.min(bin.to(), values.max())),
                        bin.height()))
                .toList();
    }
}
