package io.conversion.core.provenance;

import io.conversion.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of a reference distribution. */
final class ReferenceDistributionFormat {

    private enum Kind {
        NUMERIC,
        CATEGORICAL,
        FLAG
    }

    private ReferenceDistributionFormat() {}

    /** The distribution; empty, with the problems reported, if anything so far was wrong with the document. */
    static Optional<ReferenceDistribution> read(JsonObject json) {
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        for (JsonObject signal : json.objects("signals")) {
            String name = signal.name("signal");
            if (signals.containsKey(name)) {
                signal.problem("signal", name, "each signal may be listed once");
            }
            distribution(signal).ifPresent(given -> signals.put(name, given));
        }
        Optional<SignalDistribution> probability = numbers(json.object("probability"));
        return json.isValid() && probability.orElse(null) instanceof SignalDistribution.Numbers numbers
                ? Optional.of(ReferenceDistribution.of(signals, numbers))
                : Optional.empty();
    }

    private static Optional<SignalDistribution> distribution(JsonObject json) {
        Optional<Kind> kind = json.choice("kind", Kind.class);
        if (kind.isEmpty()) {
            json.skipOtherFields();
            return Optional.empty();
        }
        return switch (kind.get()) {
            case NUMERIC -> numbers(json);
            case CATEGORICAL -> {
                Map<String, Long> rows = new LinkedHashMap<>();
                JsonObject counts = json.object("rows");
                counts.names().forEach(level -> rows.put(level, counts.count(level)));
                yield Optional.of(new SignalDistribution.Levels(rows, json.count("unseen"), json.count("missing")));
            }
            case FLAG ->
                Optional.of(
                        new SignalDistribution.Flags(json.count("false"), json.count("true"), json.count("missing")));
        };
    }

    private static Optional<SignalDistribution> numbers(JsonObject json) {
        List<Double> edges = json.numberList("edges");
        List<Long> rows = json.counts("rows");
        long missing = json.count("missing");
        // Files of models that were trained before ranges were kept have none.
        double lowest = json.number("lowest", Double.NaN);
        double highest = json.number("highest", Double.NaN);
        if (!json.isValid()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SignalDistribution.Numbers(edges, rows, missing, lowest, highest));
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static Map<String, Object> json(ReferenceDistribution distribution) {
        List<Object> signals = new ArrayList<>();
        distribution.signals().forEach((signal, given) -> signals.add(json(signal, given)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signals", signals);
        Map<String, Object> probability = new LinkedHashMap<>();
        numbers(distribution.probability(), probability);
        json.put("probability", probability);
        return json;
    }

    private static Map<String, Object> json(String signal, SignalDistribution distribution) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signal", signal);
        if (distribution instanceof SignalDistribution.Numbers numbers) {
            json.put("kind", lower(Kind.NUMERIC));
            numbers(numbers, json);
        } else if (distribution instanceof SignalDistribution.Levels levels) {
            json.put("kind", lower(Kind.CATEGORICAL));
            json.put("rows", levels.rows());
            json.put("unseen", levels.unseen());
            json.put("missing", levels.missing());
        } else if (distribution instanceof SignalDistribution.Flags flags) {
            json.put("kind", lower(Kind.FLAG));
            json.put("false", flags.whenFalse());
            json.put("true", flags.whenTrue());
            json.put("missing", flags.missing());
        }
        return json;
    }

    private static void numbers(SignalDistribution.Numbers numbers, Map<String, Object> json) {
        json.put("edges", numbers.edges());
        json.put("rows", numbers.rows());
        json.put("missing", numbers.missing());
        if (numbers.hasRange()) {
            json.put("lowest", numbers.lowest());
            json.put("highest", numbers.highest());
        }
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
