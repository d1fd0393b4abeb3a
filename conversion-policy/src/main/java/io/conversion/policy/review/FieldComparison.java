package io.conversion.policy.review;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Exploration;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares what policies say beside bounds, segments, actions of bands and guardrails. For one thread. */
final class FieldComparison {

    private final List<FieldChange> changes = new ArrayList<>();

    private FieldComparison() {}

    static List<FieldChange> of(Policy before, Policy after) {
        FieldComparison fields = new FieldComparison();
        fields.add("/name", "name", before.name(), after.name());
        fields.add("/owner", "owner", before.owner(), after.owner());
        fields.add("/change_note", "change note", before.changeNote(), after.changeNote());
        fields.add(
                "/effective_from",
                "effective from",
                before.effectiveFrom().map(Instant::toString).orElse(""),
                after.effectiveFrom().map(Instant::toString).orElse(""));
        fields.add("/model/name", "model", before.model().name(), after.model().name());
        fields.add(
                "/model/digest",
                "digest of the model",
                before.model().digest().orElse(""),
                after.model().digest().orElse(""));
        fields.texts(before, after);
        fields.add("/margin", "margin", Wording.number(before.margin()), Wording.number(after.margin()));
        fields.control(before, after);
        fields.exploration(before, after);
        fields.add("/fallback/action", "fallback action", before.fallbackAction(), after.fallbackAction());
        fields.counts("/action_ranks", "rank", before.actionRanks(), after.actionRanks());
        fields.counts("/capacities", "capacity", before.capacities(), after.capacities());
        return List.copyOf(fields.changes);
    }

    private void add(String pointer, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new FieldChange(pointer, what, before, after));
        }
    }

    /** Bands are told by their segments; of several with one segment the first is compared with the first, and so on. */
    private void texts(Policy before, Policy after) {
        Map<String, List<Band>> bySegment = new HashMap<>();
        before.bands()
                .forEach(band -> bySegment
                        .computeIfAbsent(band.segment(), any -> new ArrayList<>())
                        .add(band));
        for (int i = 0; i < after.bands().size(); i++) {
            Band band = after.bands().get(i);
            List<Band> same = bySegment.getOrDefault(band.segment(), List.of());
            if (!same.isEmpty()) {
                Band old = same.remove(0);
                String of = " of band " + Wording.quoted(band.segment());
                add(
                        "/bands/" + i + "/recommendation",
                        "recommendation" + of,
                        old.recommendation(),
                        band.recommendation());
                add("/bands/" + i + "/rationale", "rationale" + of, old.rationale(), band.rationale());
            }
        }
    }

    private void control(Policy before, Policy after) {
        add(
                "/control/share",
                "share of the control group",
                before.control().map(group -> Wording.number(group.share())).orElse(""),
                after.control().map(group -> Wording.number(group.share())).orElse(""));
        salts(
                "/control/salt",
                "salt of the control group",
                before.control().map(ControlGroup::salt).orElse(""),
                after.control().map(ControlGroup::salt).orElse(""));
        add(
                "/control/action",
                "action of the control group",
                before.control().map(ControlGroup::action).orElse(""),
                after.control().map(ControlGroup::action).orElse(""));
    }

    private void exploration(Policy before, Policy after) {
        add(
                "/exploration/share",
                "share whose action is drawn",
                before.exploration().map(of -> Wording.number(of.share())).orElse(""),
                after.exploration().map(of -> Wording.number(of.share())).orElse(""));
        salts(
                "/exploration/salt",
                "salt of the exploration",
                before.exploration().map(Exploration::salt).orElse(""),
                after.exploration().map(Exploration::salt).orElse(""));
        Map<String, List<String>> old =
                before.exploration().map(Exploration::alternatives).orElse(Map.of());
        Map<String, List<String>> now =
                after.exploration().map(Exploration::alternatives).orElse(Map.of());
        Set<String> segments = new TreeSet<>(old.keySet());
        segments.addAll(now.keySet());
        for (String segment : segments) {
            add(
                    "/exploration/alternatives/" + ArtifactText.inPointer(segment),
                    "alternatives of segment " + Wording.quoted(segment),
                    String.join(", ", old.getOrDefault(segment, List.of())),
                    String.join(", ", now.getOrDefault(segment, List.of())));
        }
    }

    /** Not the salts themselves: who knows them can tell from a key what is drawn. */
    private void salts(String pointer, String what, String before, String after) {
        if (!before.equals(after)) {
            add(
                    pointer,
                    what,
                    before.isEmpty() ? "" : "a salt",
                    after.isEmpty() ? "" : before.isEmpty() ? "a salt" : "another salt");
        }
    }

    private void counts(String pointer, String what, Map<String, Long> before, Map<String, Long> after) {
        Set<String> actions = new TreeSet<>(before.keySet());
        actions.addAll(after.keySet());
        for (String action : actions) {
            add(
                    pointer + "/" + ArtifactText.inPointer(action),
                    what + " of action " + Wording.quoted(action),
                    before.containsKey(action) ? String.valueOf(before.get(action)) : "",
                    after.containsKey(action) ? String.valueOf(after.get(action)) : "");
        }
    }
}
