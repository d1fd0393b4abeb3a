package io.conversion.model.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a policy does to the users of the report: who decides on how many of them, and who gets which action. */
final class PolicySection {

    private final ReportPolicy policy;
    private final ReportVolume total;

    private PolicySection(ReportPolicy policy) {
        this.policy = policy;
        this.total = policy.total();
    }

    static Map<String, Object> of(ReportPolicy policy) {
        PolicySection section = new PolicySection(policy);
        return Map.of(
                "name", policy.name(),
                "version", policy.version(),
                "users", policy.users(),
                "outcomes", section.outcomes(),
                "actions", section.actions(),
                "hasCapacities", !policy.capacities().isEmpty(),
                "facts", section.facts(),
                "limits", policy.limits());
    }

    /** Who decides on which share of the users, in a sentence. */
    static String summary(ReportPolicy policy) {
        PolicySection section = new PolicySection(policy);
        List<String> shares = new ArrayList<>();
        for (int k = policy.bands().size() - 1; k >= 0; k--) {
            ReportBand band = policy.bands().get(k);
            shares.add(band.segment() + " from " + ReportText.percent(band.from()) + " (" + section.share(band.volume())
                    + " of users)");
        }
        String bands = "By policy " + policy.name() + " " + policy.version() + ": " + ReportText.list(shares);
        Map<ReportRule.Kind, ReportVolume> others = new EnumMap<>(ReportRule.Kind.class);
        policy.rules().stream()
                .filter(rule -> rule.volume().users() > 0)
                .forEach(rule -> others.merge(rule.kind(), rule.volume(), ReportVolume::plus));
        List<String> also = others.entrySet().stream()
                .map(kind -> plural(kind.getKey()) + " (" + section.share(kind.getValue()) + ")")
                .toList();
        return bands + (also.isEmpty() ? "" : "; in place of a band decide " + ReportText.list(also)) + ".";
    }

    private static String plural(ReportRule.Kind kind) {
        return switch (kind) {
            case GUARDRAIL -> "guardrails";
            case CONTROL -> "the control group";
            case EXPLORATION -> "drawn alternatives";
            case FALLBACK -> "fallbacks";
        };
    }

    /** The highest band first, and of the fallbacks those that somebody has. */
    private List<Map<String, Object>> outcomes() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int k = policy.bands().size() - 1; k >= 0; k--) {
            ReportBand band = policy.bands().get(k);
            rows.add(outcome("band", band.segment(), bounds(k), band.action(), band.volume()));
        }
        for (ReportRule rule : policy.rules()) {
            if (rule.kind() != ReportRule.Kind.FALLBACK || rule.volume().users() > 0) {
                rows.add(outcome(kind(rule.kind()), rule.name(), rule.when(), rule.action(), rule.volume()));
            }
        }
        rows.add(outcome("", "all", "", "", total));
        return rows;
    }

    private String bounds(int k) {
        double from = policy.bands().get(k).from();
        if (k + 1 == policy.bands().size()) {
            return "from " + ReportText.percent(from);
        }
        double to = policy.bands().get(k + 1).from();
        return k == 0 ? "below " + ReportText.percent(to) : ReportText.percent(from, to);
    }

    private static String kind(ReportRule.Kind kind) {
        return switch (kind) {
            case GUARDRAIL -> "guardrail";
            case CONTROL -> "control";
            case EXPLORATION -> "exploration";
            case FALLBACK -> "fallback";
        };
    }

    private Map<String, Object> outcome(String kind, String name, String when, String action, ReportVolume volume) {
        Map<String, Object> row = new HashMap<>(counts(volume));
        row.put("kind", kind);
        row.put("name", name);
        row.put("when", when);
        row.put("action", action);
        return row;
    }

    private Map<String, Object> counts(ReportVolume volume) {
        return Map.of(
                "users", ReportText.count(volume.users()),
                "share", share(volume),
                "expected", volume.scored() == 0 ? "–" : ReportText.expected(volume.expected()),
                "predicted",
                        volume.predicted().stream()
                                .mapToObj(ReportText::percent)
                                .findFirst()
                                .orElse("–"),
                "observed", volume.observed());
    }

    private String share(ReportVolume volume) {
        return total.users() == 0 ? "–" : ReportText.percent((double) volume.users() / total.users());
    }

    private List<Map<String, Object>> actions() {
        List<Map<String, Object>> rows = new ArrayList<>();
        policy.byAction().forEach((action, volume) -> {
            Map<String, Object> row = new HashMap<>(counts(volume));
            row.put("action", action);
            Long capacity = policy.capacities().get(action);
            row.put("capacity", capacity == null ? "–" : ReportText.count(capacity));
            row.put("left", capacity == null ? "" : left(capacity - volume.users()));
            row.put("exceeded", capacity != null && volume.users() > capacity);
            rows.add(row);
        });
        return rows;
    }

    private static String left(long places) {
        return places < 0 ? ReportText.count(-places, "place") + " too many" : ReportText.count(places) + " left";
    }

    private List<Map<String, Object>> facts() {
        Map<String, String> facts = new LinkedHashMap<>(policy.facts());
        facts.put("digest", policy.digest());
        return facts.entrySet().stream()
                .<Map<String, Object>>map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
                .toList();
    }
}
