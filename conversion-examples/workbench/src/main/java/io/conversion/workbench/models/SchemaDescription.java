package io.conversion.workbench.models;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what a schema declares. */
final class SchemaDescription {

    /** Keeps the line of a signal within a terminal. */
    private static final int WIDTH_OF_LEVELS = 32;

    private SchemaDescription() {}

    static void print(SignalSchema schema, PrintWriter out) {
        out.println("schema " + schema + ": " + kinds(schema));
        TextTable table = new TextTable("llll").row("signal", "kind", "missing", "levels");
        for (Signal signal : schema.declared()) {
            boolean imputes = signal.whenMissing() == WhenMissing.IMPUTE;
            table.row(signal.name(), kind(signal), imputes ? "impute" : "refuse", levels(signal));
        }
        table.print(out);
        List<String> imputed = imputed(schema);
        out.println(
                imputed.isEmpty()
                        ? "no column has empty cells, so missing values are refused everywhere"
                        : "empty cells were found in " + String.join(", ", imputed)
                                + ": missing = impute there, refused elsewhere");
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

    private static String levels(Signal signal) {
        if (!(signal instanceof CategoricalSignal categorical)) {
            return "";
        }
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
