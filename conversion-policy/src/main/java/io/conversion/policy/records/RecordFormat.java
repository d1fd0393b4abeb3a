package io.conversion.policy.records;

import io.conversion.core.ModelReference;
import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.policy.Assignment;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Comparison;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.ExperimentReference;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.records.DecisionRecord.Compared;
import io.conversion.policy.records.DecisionRecord.Contribution;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The line of a record, as {@code docs/decision-records.md} describes it. Its last field is the digest of all bytes
 * before it, so that a line is read as it was written or not at all.
 */
final class RecordFormat {

    static final String FORMAT = "conversion-decision";
    static final int VERSION = 1;

    static final String SEAL = ",\"digest\":\"";
    private static final int SEAL_LENGTH = SEAL.length() + "sha256:".length() + 64 + "\"}".length();

    /** Made once, since each record needs some. */
    private static final Map<Enum<?>, String> LOWER = lower();

    private static final Pattern UNIT = Pattern.compile("[0-9a-f]{32}");

    private RecordFormat() {}

    static String line(DecisionRecord record) {
        LineBuffer line = new LineBuffer(2048);
        new RecordWriter(line).write(record);
        return line.text();
    }

    /** The line of a record, from its text without the last brace. */
    static String sealed(String body) {
        return body + SEAL + JsonText.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    /** What a record says, in the order of its line, without the seal. What is absent is left out. */
    static Map<String, Object> content(DecisionRecord record) {
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("library", record.library());
        json.put("request", record.request());
        put(json, "moment", record.moment());
        ModelReference model = record.model();
        json.put("model", reference(model.name(), model.version(), model.digest()));
        PolicyReference policy = record.policy();
        if (!policy.equals(PolicyReference.NONE)) {
            json.put("policy", reference(policy.name(), policy.version(), policy.digest()));
        }
        SchemaReference schema = record.schema();
        json.put("schema", reference(schema.name(), schema.version(), schema.digest()));
        inputs(json, record.inputs());
        Numbers score = record.score();
        if (score != null) {
            json.put("score", score(score));
            json.put("evidence", evidence(score.evidence()));
        }
        put(json, "previous_segment", record.previousSegment());
        Double draw = record.draw();
        put(json, "draw", draw == null ? null : Double.toHexString(draw));
        Double explorationDraw = record.explorationDraw();
        put(json, "exploration_draw", explorationDraw == null ? null : Double.toHexString(explorationDraw));
        Assignment assignment = record.assignment();
        if (assignment != null) {
            json.put("experiment", experiment(assignment));
        }
        putAny(json, "propensities", hex(record.propensities()));
        json.put("outcome", outcome(record.outcome()));
        if (!record.reasons().isEmpty()) {
            json.put(
                    "reasons",
                    record.reasons().stream()
                            .map(reason -> JsonText.object(
                                    "signal", reason.signal(), "log_odds", Double.toHexString(reason.logOdds())))
                            .toList());
        }
        return json;
    }

    private static Map<String, Object> reference(String name, String version, String digest) {
        return JsonText.object("name", name, "version", version, "digest", digest);
    }

    private static void inputs(Map<String, Object> json, Inputs inputs) {
        Map<String, Object> signals = new LinkedHashMap<>();
        inputs.signals().forEach((name, value) -> signals.put(name, number(value)));
        putAny(json, "signals", signals);
        putAny(json, "redacted", inputs.redacted());
        if (!inputs.violations().isEmpty()) {
            json.put(
                    "violations",
                    inputs.violations().stream()
                            .map(violation -> JsonText.object(
                                    "signal",
                                    violation.signal(),
                                    "kind",
                                    lower(violation.kind()),
                                    "message",
                                    violation.message()))
                            .toList());
        }
    }

    /** A whole number without a fraction; -0.0 keeps its own, since the sign would be lost. */
    private static Object number(Object value) {
        if (value instanceof Double number && Math.abs(number) < 1e15) {
            long whole = number.longValue();
            return number.equals((double) whole) ? (Object) whole : number;
        }
        return value;
    }

    private static Map<String, Object> score(Numbers score) {
        Map<String, Object> json = JsonText.object(
                "raw_log_odds", Double.toHexString(score.rawLogOdds()),
                "log_odds", Double.toHexString(score.logOdds()),
                "probability", Double.toHexString(score.probability()));
        if (score.isForeign()) {
            json.put("foreign", true);
        }
        return json;
    }

    private static Map<String, Object> evidence(Evidence evidence) {
        Map<String, Object> json = JsonText.object("observed_share", Double.toHexString(evidence.observedShare()));
        if (!evidence.substitutions().isEmpty()) {
            json.put(
                    "rules",
                    evidence.substitutions().stream().map(RecordFormat::rule).toList());
        }
        if (!evidence.shortfalls().isEmpty()) {
            json.put("shortfalls", evidence.shortfalls());
        }
        return json;
    }

    private static Map<String, Object> rule(Substitution substitution) {
        Map<String, Object> json = JsonText.object("signal", substitution.signal(), "rule", lower(substitution.rule()));
        if (!substitution.given().isEmpty()) {
            json.put("given", substitution.given());
        }
        return json;
    }

    private static Map<String, Object> experiment(Assignment assignment) {
        ExperimentReference experiment = assignment.experiment();
        Map<String, Object> json = reference(experiment.name(), experiment.version(), experiment.digest());
        json.put("standing", lower(assignment.standing()));
        put(json, "arm", assignment.arm());
        if (!assignment.unit().isEmpty()) {
            json.put("unit", assignment.unit());
            json.put("layer_draw", Double.toHexString(assignment.layerDraw()));
        }
        json.put("propensities", hex(assignment.propensities()));
        return json;
    }

    private static Map<String, Object> hex(Map<String, Double> propensities) {
        Map<String, Object> hex = new LinkedHashMap<>();
        propensities.forEach((action, probability) -> hex.put(action, Double.toHexString(probability)));
        return hex;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> json = JsonText.object("kind", kind(outcome.reason()), "reason", lower(outcome.reason()));
        put(json, "segment", outcome.segment());
        if (!outcome.comparisons().isEmpty()) {
            json.put(
                    "probability_is",
                    outcome.comparisons().stream().map(Compared::toString).toList());
        }
        put(json, "guardrail", outcome.guardrail());
        json.put("action", outcome.action());
        json.put("propensity", Double.toHexString(outcome.propensity()));
        if (!outcome.details().isEmpty()) {
            json.put("details", outcome.details());
        }
        return json;
    }

    static String kind(Reason reason) {
        return switch (reason) {
            case BAND, HELD_BAND -> "decided";
            case GUARDRAIL -> "overridden";
            case CONTROL -> "control";
            case EXPLORATION -> "explored";
            default -> "fallback";
        };
    }

    static String lower(Enum<?> constant) {
        return LOWER.getOrDefault(constant, "");
    }

    private static Map<Enum<?>, String> lower() {
        Map<Enum<?>, String> names = new HashMap<>();
        Stream.of(Kind.values(), Rule.values(), Reason.values(), Standing.values())
                .flatMap(Arrays::stream)
                .forEach(constant -> names.put(constant, constant.name().toLowerCase(Locale.ROOT)));
        return names;
    }

    private static void put(Map<String, Object> json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    private static void putAny(Map<String, Object> json, String field, Map<String, ?> values) {
        if (!values.isEmpty()) {
            json.put(field, values);
        }
    }

    static DecisionRecord read(byte[] line, String source) {
        return readSigned(line, source).record();
    }

    /**
     * A record and what signs its line.
     *
     * @param signature the signature, which was not verified; null if there is none
     */
    record Signed(DecisionRecord record, @Nullable LineSignature signature) {}

    static Signed readSigned(byte[] line, String source) {
        return JsonDocument.read(line, source, json -> {
            ArtifactHeader.check(json, FORMAT, VERSION);
            DecisionRecord record = record(json);
            String digest = json.requiredDigest("digest").orElse("");
            LineSignature signature = json.has("signature") ? LineSignature.read(json.object("signature")) : null;
            json.refuseIfInvalid();
            checkSeal(json, signature == null ? line : signature.unsigned(line), digest, record);
            return new Signed(record, signature);
        });
    }

    private static void checkSeal(JsonObject json, byte[] line, String digest, DecisionRecord record) {
        byte[] seal = (SEAL + digest + "\"}").getBytes(StandardCharsets.UTF_8);
        int end = line.length - SEAL_LENGTH;
        boolean isSealed = end >= 0 && Arrays.equals(line, end, line.length, seal, 0, seal.length);
        String computed = isSealed ? JsonText.sha256(Arrays.copyOf(line, end)) : "";
        if (computed.equals(digest)) {
            return;
        } else if (line(record).endsWith(new String(seal, StandardCharsets.UTF_8))) {
            // The digest is that of the content in the one spelling of a line.
            json.problem(
                    "digest",
                    digest,
                    "the content is as it was written, but not its bytes: another program wrote white space, the order"
                            + " of fields or escapes anew; keep the file as the log wrote it");
        } else if (isSealed) {
            json.problem(
                    "digest",
                    digest,
                    "the bytes before it have " + computed
                            + ": the record was changed after it was written, or the file is damaged");
        } else {
            json.problem("digest", "not at the very end of the line", "the line is not as it was written");
        }
    }

    private static DecisionRecord record(JsonObject json) {
        return new DecisionRecord(
                json.text("library"),
                json.text("request", ""),
                json.has("moment") ? json.instant("moment") : null,
                model(json.object("model")),
                json.optionalObject("policy").map(RecordFormat::policy).orElse(PolicyReference.NONE),
                schema(json.object("schema")),
                inputs(json),
                json.has("score") ? score(json.object("score"), evidence(json.object("evidence"))) : null,
                json.has("previous_segment") ? json.text("previous_segment", "") : null,
                json.has("draw") ? draw(json, "draw") : null,
                json.has("exploration_draw") ? draw(json, "exploration_draw") : null,
                outcome(json.object("outcome")),
                objects(json, "reasons").stream()
                        .map(reason -> new Contribution(reason.text("signal"), hex(reason, "log_odds")))
                        .toList(),
                json.optionalObject("experiment")
                        .map(RecordFormat::readExperiment)
                        .orElse(null),
                json.has("propensities") ? propensities(json) : Map.of());
    }

    private static Assignment readExperiment(JsonObject json) {
        String unit = json.has("unit") ? json.text("unit") : "";
        if (!unit.isEmpty() && !UNIT.matcher(unit).matches()) {
            json.problem("unit", ArtifactText.quoted(unit), "expected 32 hexadecimal digits in lower case");
        }
        double layerDraw = json.has("layer_draw") ? hex(json, "layer_draw") : Double.NaN;
        if (!unit.isEmpty() && !(layerDraw >= 0 && layerDraw < 1)) {
            json.problem("layer_draw", Double.toHexString(layerDraw), "expected a number from 0 to below 1");
        }
        return new Assignment(
                new ExperimentReference(json.text("name"), json.text("version"), digest(json)),
                json.choice("standing", Standing.class).orElse(Standing.NO_KEY),
                json.has("arm") ? json.text("arm") : null,
                unit,
                layerDraw,
                propensities(json));
    }

    private static Map<String, Double> propensities(JsonObject json) {
        JsonObject of = json.object("propensities");
        Map<String, Double> propensities = new LinkedHashMap<>();
        double sum = 0;
        for (String action : of.names()) {
            double probability = hex(of, action);
            if (!(probability >= 0 && probability <= 1)) {
                of.problem(action, Double.toHexString(probability), "expected a number from 0 to 1");
            }
            sum += probability;
            propensities.put(action, probability);
        }
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            json.problem("propensities", "numbers that sum to " + sum, "expected numbers that sum to 1");
        }
        return propensities;
    }

    private static ModelReference model(JsonObject json) {
        return new ModelReference(json.text("name"), json.text("version"), digest(json));
    }

    private static PolicyReference policy(JsonObject json) {
        return new PolicyReference(json.text("name"), json.text("version"), digest(json));
    }

    private static SchemaReference schema(JsonObject json) {
        return new SchemaReference(json.text("name"), json.text("version"), digest(json));
    }

    private static String digest(JsonObject json) {
        return json.requiredDigest("digest").orElse("");
    }

    private static Inputs inputs(JsonObject json) {
        return new Inputs(
                json.optionalObject("signals").map(JsonObject::values).orElse(Map.of()),
                json.has("redacted") ? json.textsByName("redacted") : Map.of(),
                objects(json, "violations").stream()
                        .map(RecordFormat::violation)
                        .toList());
    }

    private static Violation violation(JsonObject json) {
        return new Violation(
                json.text("signal", ""),
                json.choice("kind", Kind.class).orElse(Kind.UNREADABLE),
                json.text("message", ""));
    }

    private static Numbers score(JsonObject json, Evidence evidence) {
        double probability = hex(json, "probability");
        boolean isForeign = json.flag("foreign", false);
        if (isForeign && (probability < 0 || probability > 1)) {
            json.problem("probability", Double.toHexString(probability), "expected a number from 0 to 1, or NaN");
            probability = Double.NaN;
        }
        return new Numbers(hex(json, "raw_log_odds"), hex(json, "log_odds"), probability, evidence, isForeign);
    }

    private static Evidence evidence(JsonObject json) {
        return new Evidence(
                objects(json, "rules").stream().map(RecordFormat::readRule).toList(),
                hex(json, "observed_share"),
                json.texts("shortfalls"));
    }

    private static Substitution readRule(JsonObject json) {
        return new Substitution(
                json.text("signal"), json.choice("rule", Rule.class).orElse(Rule.MISSING), json.text("given", ""));
    }

    private static double draw(JsonObject json, String field) {
        double draw = hex(json, field);
        if (!(draw >= 0 && draw < 1)) {
            json.problem(field, Double.toHexString(draw), "expected a number from 0 to below 1");
        }
        return draw;
    }

    private static Outcome outcome(JsonObject json) {
        Reason reason = json.choice("reason", Reason.class).orElse(Reason.NO_POLICY);
        String kind = json.text("kind");
        if (!kind.equals(kind(reason))) {
            json.problem("kind", ArtifactText.quoted(kind), "expected " + kind(reason) + " for this reason");
        }
        return new Outcome(
                reason,
                json.has("segment") ? json.text("segment") : null,
                json.texts("probability_is").stream()
                        .map(text -> compared(json, text))
                        .toList(),
                json.has("guardrail") ? json.text("guardrail") : null,
                json.text("action"),
                hex(json, "propensity"),
                json.texts("details"));
    }

    private static Compared compared(JsonObject json, String text) {
        for (Comparison comparison : Comparison.values()) {
            String start = comparison.symbol() + " ";
            if (text.startsWith(start)) {
                return new Compared(comparison, hex(json, "probability_is", text.substring(start.length())));
            }
        }
        json.problem("probability_is", ArtifactText.quoted(text), "expected a comparison such as \">= 0x1.8p-1\"");
        return new Compared(Comparison.EQUAL, 0);
    }

    private static double hex(JsonObject json, String field) {
        return hex(json, field, json.text(field));
    }

    /** A number in its one spelling, NaN and the infinities included: a score may overflow. */
    private static double hex(JsonObject json, String field, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.toHexString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        json.problem(field, ArtifactText.quoted(text), "expected a hexadecimal number such as \"0x1.8p0\"");
        return 0;
    }

    private static List<JsonObject> objects(JsonObject json, String field) {
        return json.has(field) ? json.objects(field) : List.of();
    }
}
