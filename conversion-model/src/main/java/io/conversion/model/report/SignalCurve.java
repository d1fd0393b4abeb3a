package io.conversion.model.report;

import io.conversion.core.SignalEffect;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.ShapeChart;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one numeric signal over its usual range, as points to draw and in words.
 *
 * @param signal the signal
 * @param effect its effect on the log-odds
 * @param shape its shape
 * @param spread how it is spread over users
 * @param reference the value of the reference user
 */
record SignalCurve(
        NumericSignal signal, SignalEffect effect, Shape.OfNumber shape, SignalSpread spread, double reference) {

    private static final int POINTS = 80;

    /** Log-odds that no reader would see in a curve. */
    private static final double FLAT = 0.005;

    /** The scale on which a shape is straight. */
    static Shape.Scale scale(Shape shape) {
        if (shape instanceof Shape.PointMass mass) {
            return scale(mass.elsewhere());
        }
        return shape instanceof Shape.Log
                        || (shape instanceof Shape.Piecewise lines && lines.scale() == Shape.Scale.SIGNED_LOG)
                ? Shape.Scale.SIGNED_LOG
                : Shape.Scale.PLAIN;
    }

    String svg(String id) {
        String title = signal.name() + (signal.unit().isEmpty() ? "" : " (" + signal.unit() + ")");
        return new ShapeChart(title, scale(shape), points(), spread.bars(), reference, pointMass(), missing()).svg(id);
    }

    /** Whether the users differ, so that there is a curve to draw. */
    boolean isDrawn() {
        return spread.low() < spread.high() && points().size() > 1;
    }

    private List<ChartPoint> points() {
        Shape.Scale scale = scale(shape);
        Double mass = shape instanceof Shape.PointMass point ? Double.valueOf(point.at()) : null;
        TreeSet<Double> at = new TreeSet<>();
        double low = scale.of(spread.low());
        double step = (scale.of(spread.high()) - low) / POINTS;
        for (int i = 0; i <= POINTS; i++) {
            double on = low + i * step;
            at.add(i == 0 ? spread.low() : i == POINTS ? spread.high() : SignalSpread.inverse(scale, on));
        }
        Shape.OfNumber curve = shape instanceof Shape.PointMass point ? point.elsewhere() : shape;
        for (double cut : curve.cuts()) {
            if (cut > spread.low() && cut < spread.high()) {
                at.add(cut);
                at.add(Math.nextDown(cut));
            }
        }
        List<ChartPoint> points = new ArrayList<>();
        for (double x : at) {
            if (mass == null || x != mass) {
                points.add(point(x, effect.at(x)));
            }
        }
        return points;
    }

    private @Nullable ChartPoint pointMass() {
        return shape instanceof Shape.PointMass mass ? point(mass.at(), effect.at(mass.at())) : null;
    }

    private @Nullable ChartPoint missing() {
        return signal.whenMissing() == WhenMissing.IMPUTE ? point(0, effect.missing()) : null;
    }

    private static ChartPoint point(double x, SignalEffect.Point at) {
        Interval interval = interval(at);
        return new ChartPoint(x, at.logOdds(), interval.lower(), interval.upper());
    }

    /** Of no width if the model has no covariance. */
    static Interval interval(SignalEffect.Point at) {
        return at.standardError() > 0
                ? Interval.wald(at.logOdds(), at.standardError(), Evaluation.LEVEL)
                : new Interval(at.logOdds(), at.logOdds());
    }

    /** How the curve runs, in words. */
    String direction() {
        List<ChartPoint> points = points();
        double rise = 0;
        double fall = 0;
        for (int i = 1; i < points.size(); i++) {
            double change = points.get(i).y() - points.get(i - 1).y();
            rise += Math.max(change, 0);
            fall += Math.max(-change, 0);
        }
        if (rise <= FLAT && fall <= FLAT) {
            return "makes next to no difference";
        } else if (fall <= Math.max(FLAT, rise / 50)) {
            return "higher values raise the probability";
        } else if (rise <= Math.max(FLAT, fall / 50)) {
            return "higher values lower the probability";
        }
        ChartPoint highest =
                points.stream().max(Comparator.comparingDouble(ChartPoint::y)).orElseThrow();
        return "the probability is highest around " + ReportText.value(rounded(highest.x()), signal.unit());
    }

    private double rounded(double x) {
        return signal.whole() ? Math.rint(x) : x;
    }
}
