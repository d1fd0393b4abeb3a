package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.core.SignalEffect;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.RowChart;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One signal of a model as a report shows it: its weight, its curve or its levels, and odds ratios.
 *
 * @param signal the signal
 * @param effect its effect on the log-odds
 * @param share its share of the weight of all signals, 0 to 1
 * @param curve its curve; null for levels and flags
 * @param values the values of a signal with levels or of a flag, with their effects and users; empty for a numeric one
 * @param reference the value of the reference user
 * @param remarks what the publish gate says of its curve: a sign that flips, columns that depend; sentences
 * @param ranges what the training rows have and what the schema allows, in words; empty for a signal without numbers
 */
record SignalView(
        Signal signal,
        SignalEffect effect,
        double share,
        @Nullable SignalCurve curve,
        List<Value> values,
        String reference,
        List<String> remarks,
        String ranges) {

    private static final int MOST_ROWS = 15;

    /** The checks of the publish gate that say how to read the curve of a signal. */
    private static final Set<String> OF_CURVES =
            Set.of("sign_flip", "dependent_columns", "repeated_signals", "expected_direction");

    private static final String MISSING = "missing";

    /**
     * A value of a signal with levels or of a flag.
     *
     * @param name the value
     * @param rows how many training rows have it
     * @param effect its effect against the reference user
     * @param others the effects of other values against it
     * @param at where a curve has it
     */
    record Value(
            String name,
            long rows,
            SignalEffect.Point effect,
            SignalEffect others,
            Function<SignalEffect, SignalEffect.Point> at) {

        /** Whether the interval of the difference to another value excludes none. */
        boolean isAbove(Value other) {
            return CurveCourse.interval(at.apply(other.others)).lower() > 0;
        }
    }

    static SignalView of(ReportParts parts, Signal signal) {
        ConversionModel model = parts.model();
        double all = model.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double weight = model.weights().getOrDefault(signal.name(), 0.0);
        SignalDistribution distribution = model.referenceDistribution()
                .map(known -> known.signals().get(signal.name()))
                .orElse(null);
        SignalEffect effect = model.effect(signal.name());
        Signals reference = model.referenceUser();
        return new SignalView(
                signal,
                effect,
                all > 0 ? weight / all : 0,
                signal instanceof NumericSignal numeric ? curve(parts, numeric, effect, distribution, reference) : null,
                values(signal, effect, distribution),
                text(signal, reference),
                remarks(parts, signal),
                signal instanceof NumericSignal numeric ? ranges(numeric, distribution) : "");
    }

    private static List<String> remarks(ReportParts parts, Signal signal) {
        return parts.model().training().map(TrainingProvenance::gate).orElse(List.of()).stream()
                .filter(check -> check.subject().equals(signal.name())
                        && check.verdict() != GateCheck.Verdict.PASSED
                        && OF_CURVES.contains(check.name()))
                .map(check -> ReportText.capitalised(check.sentence()) + ".")
                .toList();
    }

    private static String ranges(NumericSignal signal, @Nullable SignalDistribution distribution) {
        String trained = distribution instanceof SignalDistribution.Numbers numbers && numbers.hasRange()
                ? "training rows from " + ReportText.value(numbers.lowest()) + " to "
                        + ReportText.value(numbers.highest()) + ", "
                : "";
        String from = Double.isInfinite(signal.min()) ? "" : " from " + ReportText.value(signal.min());
        String to = Double.isInfinite(signal.max()) ? "" : " to " + ReportText.value(signal.max());
        return trained + (from.isEmpty() && to.isEmpty() ? "any number allowed" : "allowed" + from + to);
    }

    private static String text(Signal signal, Signals user) {
        return signal.<Optional<String>>match(
                        numeric -> user.number(numeric.name()).stream()
                                .mapToObj(ReportText::value)
                                .findFirst(),
                        categorical -> user.level(categorical.name()),
                        flag -> user.flag(flag.name()).map(String::valueOf))
                .orElse(MISSING);
    }

    private static @Nullable SignalCurve curve(
            ReportParts parts,
            NumericSignal signal,
            SignalEffect effect,
            @Nullable SignalDistribution distribution,
            Signals reference) {
        Shape.OfNumber shape =
                (Shape.OfNumber) Objects.requireNonNull(parts.model().shapes().get(signal.name()));
        DataSet users = parts.users();
        Function<Shape.Scale, SignalSpread> spreads;
        if (users != null) {
            spreads = scale -> SignalSpread.of(signal, users, shape, scale);
        } else if (distribution instanceof SignalDistribution.Numbers numbers) {
            spreads = scale -> SignalSpread.of(numbers, scale);
        } else {
            return null;
        }
        SignalCurve curve = SignalCurve.of(signal, effect, shape, spreads, reference.number(signal.name()));
        return curve.isDrawn() ? curve : null;
    }

    private static List<Value> values(Signal signal, SignalEffect effect, @Nullable SignalDistribution distribution) {
        List<Value> values = new ArrayList<>();
        if (signal instanceof CategoricalSignal categorical) {
            for (String level : categorical.levels()) {
                long rows = distribution instanceof SignalDistribution.Levels levels
                        ? levels.rows().getOrDefault(level, 0L)
                        : 0;
                values.add(new Value(level, rows, effect.at(level), effect.against(level), of -> of.at(level)));
            }
            addMissing(categorical.whenMissing(), effect, distribution, values);
        } else if (signal instanceof FlagSignal flag) {
            SignalDistribution.Flags rows = distribution instanceof SignalDistribution.Flags flags
                    ? flags
                    : new SignalDistribution.Flags(0, 0, 0);
            for (boolean value : new boolean[] {false, true}) {
                values.add(new Value(
                        String.valueOf(value),
                        value ? rows.whenTrue() : rows.whenFalse(),
                        effect.at(value),
                        effect.against(value),
                        of -> of.at(value)));
            }
            addMissing(flag.whenMissing(), effect, distribution, values);
        }
        return values;
    }

    private static void addMissing(
            WhenMissing rule, SignalEffect effect, @Nullable SignalDistribution distribution, List<Value> values) {
        if (rule == WhenMissing.IMPUTE) {
            long rows = distribution == null ? 0 : distribution.missing();
            values.add(new Value(MISSING, rows, effect.missing(), effect.againstMissing(), SignalEffect::missing));
        }
    }

    /** Whether its weight or a remark makes it worth a look; the others are folded. */
    boolean isLarge() {
        return share >= 0.01 || !remarks.isEmpty();
    }

    /** A line of the table of signals; the bar of the widest share is full. */
    Map<String, Object> summary(double widest) {
        return Map.of(
                "name", signal.name(),
                "meaning", signal.meaning(),
                "ranges", ranges,
                "share", ReportText.percent(share),
                "width", ReportText.decimals(widest > 0 ? 100 * share / widest : 0, 1),
                "direction", direction(),
                "remarks", remarks);
    }

    String direction() {
        if (curve != null) {
            return curve.direction();
        } else if (values.isEmpty()) {
            return "has hardly more than one value";
        }
        Value highest = values.stream()
                .max(Comparator.comparingDouble(value -> value.effect().logOdds()))
                .orElseThrow();
        Value lowest = values.stream()
                .min(Comparator.comparingDouble(value -> value.effect().logOdds()))
                .orElseThrow();
        if (highest.effect().logOdds() - lowest.effect().logOdds() < CurveCourse.FLAT) {
            return "makes next to no difference";
        }
        return highest.isAbove(lowest)
                ? "higher for " + highest.name() + " than for " + lowest.name()
                : "no clear difference between its values";
    }

    /** The chart with its caption. */
    Map<String, Object> figure(String id) {
        Map<String, Object> figure = new HashMap<>();
        figure.put("name", signal.name());
        figure.put("meaning", signal.meaning());
        figure.put("caption", ReportText.capitalised(direction()) + ".");
        figure.put("svg", "");
        figure.put("note", "");
        figure.put("remarks", remarks);
        if (curve != null) {
            figure.put("svg", curve.svg(id));
        } else if (!values.isEmpty()) {
            List<ChartRow> rows = shown().stream()
                    .map(value -> {
                        Interval interval = CurveCourse.interval(value.effect());
                        return new ChartRow(
                                value.name(),
                                value.effect().logOdds(),
                                interval.lower(),
                                interval.upper(),
                                ReportText.factor(value.effect().oddsRatio()) + ", " + ReportText.count(value.rows()));
                    })
                    .toList();
            figure.put("svg", RowChart.svg(id, "contribution (log-odds)", "× odds, users", rows));
            int left = values.size() - rows.size();
            figure.put("note", left == 0 ? "" : "Not shown: " + ReportText.count(left, "rarer level") + ".");
        }
        return figure;
    }

    /** The most frequent values, in order of their effects. */
    private List<Value> shown() {
        return values.stream()
                .sorted(Comparator.comparingLong(Value::rows).reversed())
                .limit(MOST_ROWS)
                .sorted(Comparator.comparingDouble(
                        (Value value) -> -value.effect().logOdds()))
                .toList();
    }

    /** Odds ratios against the reference user: of low and high values of a number, of each level. */
    List<Map<String, Object>> oddsRatios() {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (curve != null) {
            for (double end : List.of(curve.spread().low(), curve.spread().high())) {
                if (end != curve.reference()) {
                    rows.add(oddsRatio(ReportText.value(end), effect.at(end)));
                }
            }
        }
        shown().stream()
                .filter(value -> !value.name().equals(reference))
                .limit(5)
                .forEach(value -> rows.add(oddsRatio(value.name(), value.effect())));
        return rows;
    }

    private Map<String, Object> oddsRatio(String value, SignalEffect.Point at) {
        Interval interval = CurveCourse.interval(at);
        return Map.of(
                "signal",
                signal.name(),
                "value",
                value,
                "reference",
                reference,
                "ratio",
                ReportText.factor(at.oddsRatio()),
                "interval",
                at.standardError() > 0
                        ? ReportText.factor(Math.exp(interval.lower())) + " to "
                                + ReportText.factor(Math.exp(interval.upper()))
                        : "");
    }
}
