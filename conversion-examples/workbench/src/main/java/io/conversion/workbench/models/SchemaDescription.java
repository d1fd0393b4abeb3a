package io.conversion.workbench.models;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says in words what a schema declares. */
final class SchemaDescription {

    /** Keeps the line of a signal within a terminal. */
    private static final int WIDTH_OF_LEVELS = 32;

    private SchemaDescription() {}

    static void print(SignalSchema schema, PrintWriter out) {
        out.println("schema " + schema + ": " + kinds(schema));
        boolean ranged = schema.declared().stream()
                .anyMatch(signal -> signal instanceof NumericSignal numeric
                        && !numbers(numeric).isEmpty());
        TextTable table =
                new TextTable("llll").row("signal", "kind", "missing", ranged ? "levels or numbers" : "levels");
        for (Signal signal : schema.declared()) {
            boolean imputes = signal.whenMissing() == WhenMissing.IMPUTE;
            table.row(signal.name(), kind(signal), imputes ? "impute" : "refuse", values(signal));
        }
        table.print(out);
        List<String> imputed = imputed(schema);
        out.println(
                imputed.isEmpty()
                        ? "no column has empty cells, so missing values are refused everywhere"
                        : "empty cells were found in " + String.join(", ", imputed)
                                + ": missing = impute there, refused elsewhere");
        say(
                schema,
                signal -> signal instanceof FlagSignal,
                "files may spell a flag 0 and 1, requests only true and false: ",
                out);
        say(
                schema,
                signal -> signal instanceof NumericSignal numeric && numeric.whole(),
                "all numbers are whole, and others will be refused (delete \"whole\" where they can come): ",
                out);
    }

    private static void say(SignalSchema schema, Predicate<Signal> those, String sentence, PrintWriter out) {
        String names =
                schema.declared().stream().filter(those).map(Signal::name).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            Wording.print("", "  ", sentence + names, out);
        }
    }

    static List<String> imputed(SignalSchema schema) {
        return schema.declared().stream()
                .filter(signal -> signal.whenMissing() == WhenMissing.IMPUTE)
                .map(Signal::name)
                .toList();
    }

    /** How many signals of which kind there are. */
    static String kinds(SignalSchema schema) {
        Map<String, Long> kinds = schema.declared().stream()
                .collect(Collectors.groupingBy(SchemaDescription::kind, LinkedHashMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> Numbers.count(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String kind(Signal signal) {
        if (signal instanceof NumericSignal) {
            return "numeric";
        }
        return signal instanceof FlagSignal ? "flag" : "categorical";
    }

    private static String values(Signal signal) {
        return signal.match(SchemaDescription::numbers, SchemaDescription::levels, flag -> "");
    }

    private static String numbers(NumericSignal signal) {
        return (signal.whole() ? "whole " : "") + range(signal);
    }

    private static String range(NumericSignal signal) {
        String from = Double.isInfinite(signal.min()) ? "" : "from " + number(signal.min()) + " ";
        return from + (Double.isInfinite(signal.max()) ? "" : "to " + number(signal.max()));
    }

    private static String number(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 0x1p53
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String levels(CategoricalSignal categorical) {
        List<String> levels = categorical.levels();
        StringBuilder text = new StringBuilder(levels.get(0));
        for (int named = 1; named < levels.size(); named++) {
            if (text.length() + levels.get(named).length() > WIDTH_OF_LEVELS) {
                return text.append(" and ")
                        .append(Numbers.count(levels.size() - named))
                        .append(" more")
                        .toString();
            }
            text.append(", ").append(levels.get(named));
        }
        return text.toString();
    }
}
