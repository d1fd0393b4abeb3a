package io.conversion.model.report;

import io.conversion.core.json.ArtifactText;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A policy and what it does to the users of a report, as a report shows it. This package knows no policies: who has one
 * decides on the users by it and counts the decisions. Immutable and safe to share between threads.
 *
 * @param name the name of the policy
 * @param version its version
 * @param digest its digest
 * @param users who was decided on, as the end of the sentence "What it does to ...", such as {@code 500 users of May}
 * @param facts what else it says of itself by name, such as its owner and its margin, in the order of the page
 * @param bands its bands, by ascending lower bounds of which the first is 0
 * @param rules its guardrails, its control group, and its fallbacks by reason
 * @param capacities how many users may get an action, for each action that has a limit
 * @param limits what the counts do not say, in whole sentences, such as how many users came without a key
 */
public record ReportPolicy(
        String name,
        String version,
        String digest,
        String users,
        Map<String, String> facts,
        List<ReportBand> bands,
        List<ReportRule> rules,
        Map<String, Long> capacities,
        List<String> limits) {

    /**
     * Copies the collections and checks the bounds. {@inheritDoc}
     *
     * @throws IllegalArgumentException if there is no band, or the bounds do not start at 0 and ascend
     */
    public ReportPolicy {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        bands = List.copyOf(bands);
        rules = List.copyOf(rules);
        capacities = Collections.unmodifiableMap(new LinkedHashMap<>(capacities));
        limits = List.copyOf(limits);
        if (bands.isEmpty()) {
            throw new IllegalArgumentException(
                    "policy " + ArtifactText.quoted(name) + " has no band; give at least one, from 0 on");
        }
        for (int k = 0; k < bands.size(); k++) {
            double from = bands.get(k).from();
            if (k == 0 ? from != 0 : from <= bands.get(k - 1).from()) {
                throw new IllegalArgumentException("band "
                        + ArtifactText.quoted(bands.get(k).segment()) + " starts at " + from
                        + "; the first band starts at 0 and each later one above the one before");
            }
        }
    }

    /** Everybody who was decided on. */
    ReportVolume total() {
        return volumes().reduce(ReportVolume.NOBODY, ReportVolume::plus);
    }

    private Stream<ReportVolume> volumes() {
        return Stream.concat(
                bands.stream().map(ReportBand::volume), rules.stream().map(ReportRule::volume));
    }

    /** The users of each action, those of the highest band first. */
    Map<String, ReportVolume> byAction() {
        Map<String, ReportVolume> byAction = new LinkedHashMap<>();
        for (int k = bands.size() - 1; k >= 0; k--) {
            byAction.merge(bands.get(k).action(), bands.get(k).volume(), ReportVolume::plus);
        }
        rules.forEach(rule -> byAction.merge(rule.action(), rule.volume(), ReportVolume::plus));
        return byAction;
    }

    /** What is done with users on whom the policy does nothing of its own: the action of the control group or the fallback. */
    String withoutAction() {
        return rules.stream()
                .filter(rule -> rule.kind() != ReportRule.Kind.GUARDRAIL)
                .min(Comparator.comparing(ReportRule::kind))
                .map(ReportRule::action)
                .orElse("");
    }
}
