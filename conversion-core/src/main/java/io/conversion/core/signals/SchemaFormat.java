package io.conversion.core.signals;

import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of a signal schema: a file of its own, or a part of a model artifact. */
final class SchemaFormat {

    static final String FORMAT = "conversion-signals";
    static final int VERSION = 1;

    private enum Kind {
        NUMERIC,
        CATEGORICAL,
        FLAG
    }

    private enum Unseen {
        REFUSE,
        AVERAGE,
        LEVEL
    }

    /** A part of another artifact is never a draft of its own, so that only a file says how it becomes one. */
    private interface DigestCheck {
        void check(JsonObject json, Optional<String> given, String computed);
    }

    private SchemaFormat() {}

    static SignalSchema readFile(JsonObject file) {
        ArtifactHeader.check(file, FORMAT, VERSION);
        return read(file, ArtifactHeader::checkDraftDigest);
    }

    /** Reads a schema; its digest may be left out, as in a draft that somebody edits, but not be wrong. */
    static SignalSchema read(JsonObject json) {
        return read(json, ArtifactHeader::checkDigest);
    }

    private static SignalSchema read(JsonObject json, DigestCheck check) {
        String name = json.text("name");
        String version = json.text("version");
        Optional<String> digest = json.digest("digest");
        List<Signal> signals =
                json.objects("signals").stream().map(SchemaFormat::signal).toList();
        json.refuseIfInvalid();
        SchemaCheck.problems(name, version, signals)
                .forEach(problem -> json.problemAt(problem.path(), "not valid", problem.sentence()));
        json.refuseIfInvalid();
        SignalSchema schema = SignalSchema.of(name, version, signals);
        check.check(json, digest, schema.digest());
        json.refuseIfInvalid();
        return schema;
    }

    private static Signal signal(JsonObject json) {
        String name = json.text("name");
        String meaning = json.text("meaning", "");
        Signal.Common common = new Signal.Common(
                name,
                meaning,
                json.choice("missing", WhenMissing.REFUSE),
                reasons(json),
                json.flag("actionable", false));
        Optional<Kind> kind = json.choice("kind", Kind.class);
        if (kind.isEmpty()) {
            json.skipOtherFields();
            return Signal.flag(name);
        }
        return switch (kind.get()) {
            case NUMERIC ->
                new NumericSignal(
                        common,
                        json.text("unit", ""),
                        json.flag("whole", false),
                        json.number("min", Double.NEGATIVE_INFINITY),
                        json.number("max", Double.POSITIVE_INFINITY),
                        json.choice("out_of_range", WhenOutOfRange.REFUSE),
                        json.choice("expected", ExpectedDirection.ANY));
            case CATEGORICAL -> new CategoricalSignal(common, json.texts("levels"), unseen(json));
            case FLAG -> new FlagSignal(common, json.choice("expected", ExpectedDirection.ANY));
        };
    }

    private static Reasons reasons(JsonObject json) {
        Optional<JsonObject> texts = json.optionalObject("reasons");
        return new Reasons(
                texts.map(given -> given.text("raises", "")).orElse(""),
                texts.map(given -> given.text("lowers", "")).orElse(""),
                json.flag("hidden", false));
    }

    private static WhenUnseen unseen(JsonObject json) {
        return switch (json.choice("unseen", Unseen.REFUSE)) {
            case REFUSE -> WhenUnseen.refuse();
            case AVERAGE -> WhenUnseen.average();
            case LEVEL -> WhenUnseen.level(json.text("unseen_level"));
        };
    }

    static Map<String, Object> file(SignalSchema schema) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.putAll(withDigest(schema));
        return json;
    }

    static Map<String, Object> draft(SignalSchema schema) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.putAll(content(schema));
        return json;
    }

    static Map<String, Object> withDigest(SignalSchema schema) {
        Map<String, Object> json = content(schema);
        json.put("digest", schema.digest());
        return json;
    }

    /** What the digest of a schema is taken of. */
    static Map<String, Object> content(SignalSchema schema) {
        List<Object> signals = new ArrayList<>();
        schema.declared().forEach(signal -> signals.add(json(signal)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", schema.name());
        json.put("version", schema.version());
        json.put("signals", signals);
        return json;
    }

    private static Map<String, Object> json(Signal signal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", signal.name());
        json.putAll(signal.match(
                SchemaFormat::numeric, SchemaFormat::categorical, flag -> Map.of("kind", lower(Kind.FLAG))));
        json.put("missing", lower(signal.whenMissing()));
        if (!signal.meaning().isEmpty()) {
            json.put("meaning", signal.meaning());
        }
        reasons(signal.reasons(), json);
        if (signal.isActionable()) {
            json.put("actionable", true);
        }
        if (signal.expected() != ExpectedDirection.ANY) {
            json.put("expected", lower(signal.expected()));
        }
        return json;
    }

    private static void reasons(Reasons reasons, Map<String, Object> json) {
        Map<String, Object> texts = new LinkedHashMap<>();
        if (!reasons.raises().isEmpty()) {
            texts.put("raises", reasons.raises());
        }
        if (!reasons.lowers().isEmpty()) {
            texts.put("lowers", reasons.lowers());
        }
        if (!texts.isEmpty()) {
            json.put("reasons", texts);
        }
        if (reasons.hidden()) {
            json.put("hidden", true);
        }
    }

    private static Map<String, Object> numeric(NumericSignal signal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", lower(Kind.NUMERIC));
        if (!signal.unit().isEmpty()) {
            json.put("unit", signal.unit());
        }
        if (signal.whole()) {
            json.put("whole", true);
        }
        if (Double.isFinite(signal.min())) {
            json.put("min", signal.min());
        }
        if (Double.isFinite(signal.max())) {
            json.put("max", signal.max());
        }
        json.put("out_of_range", lower(signal.whenOutOfRange()));
        return json;
    }

    private static Map<String, Object> categorical(CategoricalSignal signal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", lower(Kind.CATEGORICAL));
        json.put("levels", signal.levels());
        if (signal.whenUnseen() instanceof WhenUnseen.Level rule) {
            json.put("unseen", lower(Unseen.LEVEL));
            json.put("unseen_level", rule.level());
        } else {
            json.put(
                    "unseen",
                    lower(signal.whenUnseen() instanceof WhenUnseen.Average ? Unseen.AVERAGE : Unseen.REFUSE));
        }
        return json;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
