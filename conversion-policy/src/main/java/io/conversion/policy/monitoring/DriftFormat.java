package io.conversion.policy.monitoring;

import io.conversion.core.ModelReference;
import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.PolicyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of a snapshot, as {@code docs/monitoring.md} describes it. */
final class DriftFormat {

    static final String FORMAT = "conversion-drift";
    static final int VERSION = 1;

    private DriftFormat() {}

    static Map<String, Object> json(DriftSnapshot snapshot) {
        ModelReference model = snapshot.model();
        PolicyReference policy = snapshot.policy();
        Map<String, Object> json = ArtifactHeader.of(FORMAT, VERSION);
        json.put("model", reference(model.name(), model.version(), model.digest()));
        json.put("policy", reference(policy.name(), policy.version(), policy.digest()));
        if (snapshot.first() != null && snapshot.last() != null) {
            json.put("first", snapshot.first().toString());
            json.put("last", snapshot.last().toString());
        }
        Map<String, Object> decisions = new LinkedHashMap<>();
        snapshot.decisions().forEach((reason, count) -> decisions.put(lower(reason), count));
        json.put("decisions", decisions);
        json.put("of_other_units", snapshot.ofOtherUnits());
        List<Object> refusals = new ArrayList<>();
        snapshot.refusals()
                .forEach((refusal, count) -> refusals.add(
                        JsonText.object("signal", refusal.signal(), "kind", lower(refusal.kind()), "count", count)));
        json.put("refusals", refusals);
        json.put(
                "users",
                new JsonText.Embedded(ReferenceDistribution.of(snapshot.signals(), snapshot.probability())
                        .toJson()));
        json.put("clipped", snapshot.clipped());
        json.put("bands", snapshot.bands().stream().map(DriftFormat::band).toList());
        List<Object> actions = new ArrayList<>();
        snapshot.actions()
                .forEach((action, outcomes) ->
                        actions.add(JsonText.object("action", action, "outcomes", outcomes(outcomes))));
        json.put("actions", actions);
        json.put("follow_up", followUp(snapshot.followUp()));
        return json;
    }

    private static Map<String, Object> reference(String name, String version, String digest) {
        return JsonText.object("name", name, "version", version, "digest", digest);
    }

    private static Map<String, Object> band(BandCounts band) {
        return JsonText.object(
                "segment", band.segment(),
                "from", band.from(),
                "users", band.users(),
                "outcomes", outcomes(band.outcomes()));
    }

    private static Map<String, Object> outcomes(CalibrationCounts counts) {
        return JsonText.object(
                "users", counts.users(),
                "conversions", counts.conversions(),
                "expected_millionths", counts.expectedMillionths(),
                "variance_millionths", counts.varianceMillionths());
    }

    private static Map<String, Object> followUp(FollowUp followUp) {
        return JsonText.object(
                "pending", followUp.pending(),
                "pending_dropped", followUp.pendingDropped(),
                "unreported", followUp.unreported(),
                "outcomes_unknown", followUp.outcomesUnknown(),
                "outcomes_twice", followUp.outcomesTwice(),
                "outcomes_too_early", followUp.outcomesTooEarly(),
                "outcomes_too_late", followUp.outcomesTooLate());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static DriftSnapshot read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        ModelReference model = reference(json.object("model"), ModelReference::new);
        PolicyReference policy = reference(json.object("policy"), PolicyReference::new);
        Instant first = moment(json, "first");
        Instant last = moment(json, "last");
        Map<Reason, Long> decisions = decisions(json.object("decisions"));
        long ofOtherUnits = json.count("of_other_units");
        Map<Refusal, Long> refusals = refusals(json.objects("refusals"));
        Map<String, Long> clipped = new LinkedHashMap<>();
        JsonObject clippedBySignal = json.object("clipped");
        clippedBySignal.names().forEach(signal -> clipped.put(signal, clippedBySignal.count(signal)));
        List<BandCounts> bands = new ArrayList<>();
        json.objects("bands").forEach(band -> bands.add(band(band)));
        Map<String, CalibrationCounts> actions = new LinkedHashMap<>();
        for (JsonObject action : json.objects("actions")) {
            String name = action.name("action");
            if (actions.put(name, outcomes(action.object("outcomes"))) != null) {
                action.problem("action", ArtifactText.quoted(name), "each action may be listed once");
            }
        }
        FollowUp followUp = readFollowUp(json.object("follow_up"));
        Optional<ReferenceDistribution> users = json.embedded("users", ReferenceDistribution::ofMap);
        json.refuseIfInvalid();
        try {
            return new DriftSnapshot(
                    model,
                    policy,
                    first,
                    last,
                    decisions,
                    ofOtherUnits,
                    refusals,
                    users.orElseThrow().signals(),
                    clipped,
                    users.orElseThrow().probability(),
                    bands,
                    actions,
                    followUp);
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            json.refuseIfInvalid();
            throw e;
        }
    }

    /** Three texts to a reference. */
    @FunctionalInterface
    private interface ToReference<T> {
        T of(String name, String version, String digest);
    }

    private static <T> T reference(JsonObject json, ToReference<T> reference) {
        return reference.of(
                json.name("name"),
                json.name("version"),
                json.requiredDigest("digest").orElse(""));
    }

    private static @Nullable Instant moment(JsonObject json, String field) {
        return json.has(field) ? json.instant(field) : null;
    }

    private static Map<Reason, Long> decisions(JsonObject json) {
        Map<Reason, Long> decisions = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            if (json.has(lower(reason))) {
                decisions.put(reason, json.count(lower(reason)));
            }
        }
        return decisions;
    }

    private static Map<Refusal, Long> refusals(List<JsonObject> list) {
        Map<Refusal, Long> refusals = new TreeMap<>();
        for (JsonObject json : list) {
            Refusal refusal = new Refusal(
                    json.text("signal", ""),
                    json.choice("kind", Violation.Kind.class).orElse(Violation.Kind.UNREADABLE));
            if (refusals.put(refusal, json.count("count")) != null && json.isValid()) {
                json.problem("signal", ArtifactText.quoted(refusal.signal()), "each may be listed once for each kind");
            }
        }
        return refusals;
    }

    private static BandCounts band(JsonObject json) {
        return new BandCounts(
                json.name("segment"), json.number("from"), json.count("users"), outcomes(json.object("outcomes")));
    }

    private static CalibrationCounts outcomes(JsonObject json) {
        long users = json.count("users");
        long conversions = json.count("conversions");
        long expected = json.count("expected_millionths");
        long variance = json.count("variance_millionths");
        try {
            return new CalibrationCounts(users, conversions, expected, variance);
        } catch (IllegalArgumentException e) {
            json.problem("not valid", String.valueOf(e.getMessage()));
            return CalibrationCounts.NONE;
        }
    }

    private static FollowUp readFollowUp(JsonObject json) {
        return new FollowUp(
                json.count("pending"),
                json.count("pending_dropped"),
                json.count("unreported"),
                json.count("outcomes_unknown"),
                json.count("outcomes_twice"),
                json.count("outcomes_too_early"),
                json.count("outcomes_too_late"));
    }
}
