package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * An axis: what part of it is drawn, and its ticks. Positions are those on the drawn axis, so logarithms where the axis is
 * logarithmic; labels are in the units of the reader.
 *
 * @param title what the axis shows, with the unit
 * @param min left or lower end
 * @param max right or upper end, above {@code min}
 * @param ticks the ticks
 */
record ChartAxis(String title, double min, double max, List<ChartMark> ticks) {

    private static final int MOST_TICKS = 7;

    /** Numbers from here on are written with an exponent. */
    private static final double MOST_DIGITS = 1e7;

    /** In pixels: about how long an axis is, and between two labels. */
    private static final double LENGTH = 410;

    private static final double GAP = 14;

    private static final double LONGEST_NAME = 190;

    /** Checks the ends. {@inheritDoc} */
    ChartAxis {
        if (!(Double.isFinite(min) && Double.isFinite(max) && min < max)) {
            throw new IllegalArgumentException("axis " + ArtifactText.quoted(title) + " of a chart runs from " + min
                    + " to " + max + "; its ends must be finite and differ");
        }
        ticks = List.copyOf(ticks);
    }

    /** Ticks at round numbers. */
    static ChartAxis linear(String title, double min, double max) {
        return linear(title, min, max, LENGTH);
    }

    /** Ticks at round numbers, on an axis that is {@code length} pixels long. */
    static ChartAxis linear(String title, double min, double max, double length) {
        return linear(title, min, max, length, 1, "");
    }

    /** Ticks at round numbers of per cent, for shares. */
    static ChartAxis percent(String title, double min, double max) {
        return linear(title, min, max, LENGTH, 100, "%");
    }

    /** The most ticks whose labels have room. */
    private static ChartAxis linear(String title, double min, double max, double length, double factor, String unit) {
        ChartAxis axis = new ChartAxis(title, min, max, List.of());
        for (int most = MOST_TICKS; most > 1; most--) {
            List<ChartMark> ticks = new ArrayList<>();
            double step = step(max - min, most);
            int decimals = decimals(factor * step);
            // A tick may stand a rounding error outside.
            long last = (long) Math.floor(max / step + 1e-6);
            for (long i = (long) Math.ceil(min / step - 1e-6); i <= last; i++) {
                ticks.add(new ChartMark(number(factor * i * step, decimals) + unit, i * step));
            }
            axis = new ChartAxis(title, min, max, ticks);
            double widest = ticks.stream()
                    .mapToDouble(tick -> ChartText.width(tick.name()))
                    .max()
                    .orElse(0);
            if (widest + GAP < step / axis.span() * length) {
                return axis;
            }
        }
        return axis;
    }

    /** The axis of a signal on its scale, which takes a share of what is drawn; the ends are in its units. */
    static ChartAxis of(String title, Shape.Scale scale, double min, double max, double share) {
        if (scale == Shape.Scale.PLAIN) {
            return linear(title, min, max, share * LENGTH);
        }
        List<Double> round = new ArrayList<>(List.of(0.0));
        for (double factor : new double[] {1, 3, 2, 5}) {
            for (double power = 1; power <= Math.max(Math.abs(min), Math.abs(max)); power *= 10) {
                round.add(factor * power);
                round.add(-factor * power);
            }
        }
        return thinned(title, scale.of(min), scale.of(max), share * LENGTH, MOST_TICKS, scale::of, round);
    }

    /** An axis of decimal logarithms; the ends are logarithms. */
    static ChartAxis decades(String title, double min, double max) {
        List<Double> round = new ArrayList<>();
        for (double factor : new double[] {1, 3, 2, 5}) {
            for (int power = (int) Math.floor(min); power <= max; power++) {
                round.add(Double.parseDouble(String.format(Locale.ROOT, "%.0fe%d", factor, power)));
            }
        }
        return thinned(title, min, max, LENGTH, MOST_TICKS, StrictMath::log10, round);
    }

    /** What odds are multiplied by, over a range of log-odds: one first, then the rounder the better. */
    static ChartAxis odds(double min, double max) {
        List<Double> round = new ArrayList<>(List.of(1.0));
        for (double power = 10; power <= 1e9; power *= 10) {
            round.add(power);
            round.add(1 / power);
        }
        for (double factor : new double[] {2, 5, 3, 1.5, 7, 1.2, 1.1, 8, 6, 9, 4}) {
            for (double power = 1e-9; power <= 1e9; power *= 10) {
                round.add(Double.parseDouble(String.format(Locale.ROOT, "%.6g", factor * power)));
            }
        }
        ChartAxis axis = thinned("× odds", min, max, LENGTH, MOST_TICKS, StrictMath::log, round);
        return new ChartAxis(
                axis.title,
                min,
                max,
                axis.ticks.stream()
                        .map(tick -> new ChartMark("×\u00a0" + factor(StrictMath.exp(tick.at())), tick.at()))
                        .toList());
    }

    /** A factor of at most two digits. */
    private static String factor(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        return value >= 1e-4 && value < MOST_DIGITS ? rounded.toPlainString() : rounded.toString();
    }

    /** Ticks at the given numbers, but for those that are too near to one before. */
    static ChartAxis at(String title, double min, double max, List<Double> values) {
        return thinned(title, min, max, LENGTH, 3 * MOST_TICKS, value -> value, values);
    }

    /** One tick for each name, the first at 0 and the others below. */
    static ChartAxis rows(List<String> names) {
        List<ChartMark> ticks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ticks.add(new ChartMark(ChartText.fitted(names.get(i), LONGEST_NAME), -i));
        }
        return new ChartAxis("", -names.size() + 0.4, 0.6, ticks);
    }

    /** The ticks from {@code from} to {@code to} only. */
    ChartAxis tickedWithin(double from, double to) {
        return new ChartAxis(
                title,
                min,
                max,
                ticks.stream()
                        .filter(tick -> tick.at() >= from && tick.at() <= to)
                        .toList());
    }

    /** One more tick, on an axis that runs on to {@code max}. */
    ChartAxis with(ChartMark tick, double max) {
        List<ChartMark> more = new ArrayList<>(ticks);
        more.add(tick);
        return new ChartAxis(title, min, max, more);
    }

    double span() {
        return max - min;
    }

    /** A number with a fixed count of decimals, a true minus sign and groups of thousands. */
    static String number(double value, int decimals) {
        String text = Math.abs(value) < MOST_DIGITS
                ? String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(value))
                : String.format(Locale.ROOT, "%.1e", Math.abs(value)).replaceAll("(\\.0)?e\\+0?", "e");
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return value < 0 && !zero ? "\u2212" + text : text;
    }

    /** Takes numbers in their order of preference, unless they lie outside or too near to one that was taken. */
    private static ChartAxis thinned(
            String title,
            double min,
            double max,
            double length,
            int most,
            DoubleFunction<Double> position,
            List<Double> round) {
        double pixel = (max - min) / length;
        List<ChartMark> ticks = new ArrayList<>();
        for (double value : round) {
            double at = position.apply(value);
            ChartMark tick = new ChartMark(number(value, decimals(value)), at);
            if (at >= min - 1e-9
                    && at <= max + 1e-9
                    && ticks.stream()
                            .noneMatch(other -> Math.abs(other.at() - at)
                                    < Math.max((max - min) / most, pixel * room(tick, other)))) {
                ticks.add(tick);
            }
        }
        return new ChartAxis(title, min, max, ticks);
    }

    /** How far two ticks stand apart for their labels, in pixels. */
    private static double room(ChartMark tick, ChartMark other) {
        return (ChartText.width(tick.name()) + ChartText.width(other.name())) / 2 + GAP;
    }

    /** The smallest of 1, 2 and 5 times a power of ten that makes no more ticks than asked. */
    private static double step(double span, int most) {
        double smallest = span / most;
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(smallest)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power > smallest) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** How many decimals show the first digit of a number. */
    private static int decimals(double value) {
        return value == 0 ? 0 : Math.max(0, (int) -Math.floor(StrictMath.log10(Math.abs(value)) + 1e-9));
    }
}
