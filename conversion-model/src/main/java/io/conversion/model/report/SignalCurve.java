package io.conversion.model.report;

import io.conversion.core.SignalEffect;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.ShapeChart;
import io.conversion.model.evaluation.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effect of one numeric signal over its usual range, as points to draw and in words.
 *
 * @param signal the signal
 * @param effect its effect on the log-odds
 * @param shape its shape
 * @param scale the scale that it is drawn on
 * @param spread how it is spread over users
 * @param reference the value of the reference user
 */
record SignalCurve(
        NumericSignal signal,
        SignalEffect effect,
        Shape.OfNumber shape,
        Shape.Scale scale,
        SignalSpread spread,
        double reference) {

    private static final int POINTS = 80;

    /** Of the width of a chart: what the middle of the users is to have at least. */
    private static final double CROWDED = 0.3;

    /** The scale on which a shape is straight. */
    private static Shape.Scale scale(Shape shape) {
        if (shape instanceof Shape.PointMass mass) {
            return scale(mass.elsewhere());
        }
        return shape instanceof Shape.Log
                        || (shape instanceof Shape.Piecewise lines && lines.scale() == Shape.Scale.SIGNED_LOG)
                ? Shape.Scale.SIGNED_LOG
                : Shape.Scale.PLAIN;
    }

    /** On the scale of its shape; or on the signed log, if most users would crowd in a corner otherwise. */
    static SignalCurve of(
            NumericSignal signal,
            SignalEffect effect,
            Shape.OfNumber shape,
            Function<Shape.Scale, SignalSpread> spreads,
            OptionalDouble reference) {
        Shape.Scale scale = scale(shape);
        SignalSpread spread = spreads.apply(scale);
        if (scale == Shape.Scale.PLAIN && spread.widthOfMiddle(scale) < CROWDED) {
            SignalSpread spaced = spreads.apply(Shape.Scale.SIGNED_LOG);
            if (spaced.widthOfMiddle(Shape.Scale.SIGNED_LOG) > 1.5 * spread.widthOfMiddle(scale)) {
                scale = Shape.Scale.SIGNED_LOG;
                spread = spaced;
            }
        }
        return new SignalCurve(signal, effect, shape, scale, spread, reference.orElse(spread.low()));
    }

    String svg(String id) {
        String title = signal.name() + (signal.unit().isEmpty() ? "" : " (" + signal.unit() + ")");
        return new ShapeChart(title, scale, points(), spread.bars(), reference, pointMass(), massName(), missing())
                .svg(id);
    }

    /** Whether the users differ, so that there is a curve to draw. */
    boolean isDrawn() {
        return spread.low() < spread.high() && points().size() > 1;
    }

    private List<ChartPoint> points() {
        return values().stream().map(x -> point(x, effect.at(x))).toList();
    }

    /** What is drawn of the curve: numbers at equal distances, and those between which it turns or jumps. */
    private List<Double> values() {
        TreeSet<Double> at = new TreeSet<>();
        double low = scale.of(spread.low());
        double step = (scale.of(spread.high()) - low) / POINTS;
        for (int i = 0; i <= POINTS; i++) {
            double on = low + i * step;
            at.add(i == 0 ? spread.low() : i == POINTS ? spread.high() : SignalSpread.inverse(scale, on));
        }
        Shape.OfNumber curve = shape instanceof Shape.PointMass point ? point.elsewhere() : shape;
        List<Double> cuts = curve.cuts();
        for (int i = 0; i < cuts.size(); i++) {
            double cut = cuts.get(i);
            if (cut > spread.low() && cut < spread.high()) {
                at.add(cut);
                at.add(Math.nextDown(cut));
                // A short piece is known best in its middle.
                double middle = i == 0 ? cut : cuts.get(i - 1) / 2 + cut / 2;
                at.add(Math.max(middle, spread.low()));
            }
        }
        Double mass = massAt();
        if (mass != null) {
            at.remove(mass);
        }
        return List.copyOf(at);
    }

    /** What is said of the curve: of whole numbers only, if users have no others. */
    private List<Double> said() {
        return spread.whole()
                ? List.copyOf(values().stream()
                        .flatMap(x -> Stream.of(Math.floor(x), Math.ceil(x)))
                        .filter(x -> x >= spread.low() && x <= spread.high() && !x.equals(massAt()))
                        .collect(Collectors.toCollection(TreeSet::new)))
                : values();
    }

    private @Nullable Double massAt() {
        return shape instanceof Shape.PointMass mass ? Double.valueOf(mass.at()) : null;
    }

    private @Nullable ChartPoint pointMass() {
        Double mass = massAt();
        return mass == null ? null : point(mass, effect.at(mass));
    }

    /** The point mass with its share of the users. */
    private String massName() {
        Double mass = massAt();
        return mass == null
                ? ""
                : name(mass)
                        + (Double.isNaN(spread.massShare())
                                ? ""
                                : " (" + ReportText.percent(spread.massShare()) + " of users)");
    }

    private @Nullable ChartPoint missing() {
        return signal.whenMissing() == WhenMissing.IMPUTE ? point(0, effect.missing()) : null;
    }

    private static ChartPoint point(double x, SignalEffect.Point at) {
        Interval interval = CurveCourse.interval(at);
        return new ChartPoint(x, at.logOdds(), interval.lower(), interval.upper());
    }

    /** How the curve runs, in words, and whether its point mass stands apart. */
    String direction() {
        List<Double> values = said();
        String course =
                CurveCourse.of(effect, values, x -> spread.below(x, scale)).sentence(this::name);
        Double mass = massAt();
        return mass == null ? course : course + "; " + massName() + " " + standing(mass, values);
    }

    /** How the point mass stands to the values on either side of it. */
    private String standing(double mass, List<Double> values) {
        SignalEffect against = effect.against(mass);
        List<Interval> beside = Stream.of(
                        values.stream().filter(x -> x < mass).reduce((first, last) -> last),
                        values.stream().filter(x -> x > mass).findFirst())
                .flatMap(Optional::stream)
                .map(x -> CurveCourse.interval(against.at(x)))
                .toList();
        if (beside.stream().allMatch(interval -> interval.lower() > CurveCourse.FLAT)) {
            return "lies below the values beside it";
        } else if (beside.stream().allMatch(interval -> interval.upper() < -CurveCourse.FLAT)) {
            return "lies above the values beside it";
        }
        return beside.stream().anyMatch(interval -> interval.lower() <= 0 && interval.upper() >= 0)
                ? "does not clearly differ from the values beside it"
                : "lies between the values beside it";
    }

    private String name(double x) {
        return ReportText.value(signal.whole() ? Math.rint(x) : x, signal.unit());
    }
}
