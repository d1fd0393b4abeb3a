package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JSON of a condition, as {@code docs/policy-format.md} describes it. */
final class ConditionFormat {

    // Its names, in lower case, are those of the field "kind".
    private enum Kind {
        NUMBER,
        LEVEL,
        FLAG,
        MISSING,
        EXTRAPOLATED,
        INSUFFICIENT_EVIDENCE,
        OBSERVED_SHARE,
        INTERVAL,
        ALL
    }

    // Never seen, since the fault that it stands for is reported.
    private static final Condition STAND_IN = new Condition.InsufficientEvidence();

    private ConditionFormat() {}

    static Condition read(JsonObject json) {
        Optional<Kind> kind = json.choice("kind", Kind.class);
        if (kind.isEmpty()) {
            json.skipOtherFields();
            return STAND_IN;
        }
        return switch (kind.get()) {
            case NUMBER -> new Condition.NumberIs(json.text("signal"), comparison(json), json.number("number"));
            case LEVEL -> levels(json);
            case FLAG -> new Condition.FlagIs(json.text("signal"), value(json));
            case MISSING -> new Condition.Missing(json.text("signal"));
            case EXTRAPOLATED -> new Condition.Extrapolated(json.text("signal"));
            case INSUFFICIENT_EVIDENCE -> new Condition.InsufficientEvidence();
            case OBSERVED_SHARE -> new Condition.ObservedShareBelow(json.number("below"));
            case INTERVAL -> new Condition.IntervalContains(json.number("contains"), json.number("level"));
            case ALL ->
                new Condition.AllOf(json.objects("conditions").stream()
                        .map(ConditionFormat::read)
                        .toList());
        };
    }

    private static Comparison comparison(JsonObject json) {
        String symbol = json.text("comparison");
        for (Comparison comparison : Comparison.values()) {
            if (comparison.symbol().equals(symbol)) {
                return comparison;
            }
        }
        if (!symbol.isBlank()) {
            json.problem(
                    "comparison",
                    ArtifactText.quoted(symbol),
                    Arrays.stream(Comparison.values())
                            .map(Comparison::symbol)
                            .collect(Collectors.joining(", ", "expected one of ", "")));
        }
        return Comparison.EQUAL;
    }

    private static Condition levels(JsonObject json) {
        String signal = json.text("signal");
        boolean listed = json.has("in");
        boolean negated = json.has("not_in");
        if (listed && negated) {
            json.problem("not_in", "given beside in", "give one of the two");
        } else if (!listed && !negated) {
            json.problem("in", "missing", "expected a list of levels, or one as not_in");
        }
        return new Condition.LevelIn(signal, json.texts(negated ? "not_in" : "in"), negated);
    }

    private static boolean value(JsonObject json) {
        if (!json.has("value")) {
            json.problem("value", "missing", "expected true or false");
        }
        return json.flag("value", false);
    }

    static Map<String, Object> json(Condition condition) {
        return condition.match(new Fields());
    }

    private record Fields() implements Condition.Cases<Map<String, Object>> {

        @Override
        public Map<String, Object> number(Condition.NumberIs is) {
            return JsonText.object(
                    "kind", kind(Kind.NUMBER),
                    "signal", is.signal(),
                    "comparison", is.comparison().symbol(),
                    "number", is.number());
        }

        @Override
        public Map<String, Object> level(Condition.LevelIn in) {
            String field = in.negated() ? "not_in" : "in";
            return JsonText.object("kind", kind(Kind.LEVEL), "signal", in.signal(), field, in.levels());
        }

        @Override
        public Map<String, Object> flag(Condition.FlagIs is) {
            return JsonText.object("kind", kind(Kind.FLAG), "signal", is.signal(), "value", is.value());
        }

        @Override
        public Map<String, Object> missing(Condition.Missing missing) {
            return JsonText.object("kind", kind(Kind.MISSING), "signal", missing.signal());
        }

        @Override
        public Map<String, Object> extrapolated(Condition.Extrapolated extrapolated) {
            return JsonText.object("kind", kind(Kind.EXTRAPOLATED), "signal", extrapolated.signal());
        }

        @Override
        public Map<String, Object> insufficientEvidence(Condition.InsufficientEvidence insufficient) {
            return JsonText.object("kind", kind(Kind.INSUFFICIENT_EVIDENCE));
        }

        @Override
        public Map<String, Object> observedShare(Condition.ObservedShareBelow below) {
            return JsonText.object("kind", kind(Kind.OBSERVED_SHARE), "below", below.share());
        }

        @Override
        public Map<String, Object> interval(Condition.IntervalContains interval) {
            return JsonText.object(
                    "kind", kind(Kind.INTERVAL), "contains", interval.threshold(), "level", interval.level());
        }

        @Override
        public Map<String, Object> all(Condition.AllOf all) {
            List<Map<String, Object>> parts =
                    all.conditions().stream().map(part -> part.match(this)).toList();
            return JsonText.object("kind", kind(Kind.ALL), "conditions", parts);
        }
    }

    private static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
