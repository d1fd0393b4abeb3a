package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvSignals;
import io.conversion.model.report.ReportBand;
import io.conversion.model.report.ReportPolicy;
import io.conversion.model.report.ReportRule;
import io.conversion.model.report.ReportVolume;
import io.conversion.policy.Band;
import io.conversion.policy.Decision;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.review.ConversionRate;
import io.conversion.policy.review.DecisionPair;
import io.conversion.policy.review.Outcome;
import io.conversion.policy.review.OutcomeVolume;
import io.conversion.policy.review.PolicyFinding;
import io.conversion.policy.review.PolicyImpact;
import io.conversion.policy.review.PolicyVerifier;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.FindingLines;
import io.conversion.workbench.console.LabelTexts;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.PolicyOptions;
import io.conversion.workbench.console.RefusedInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a policy does to the users of a report, decided row by row as "decide" does it. For one thread. */
final class ReportedPolicy {

    private final ConversionModel model;
    private final Policy policy;
    private final ContextColumns contexts;
    private final LabelTexts labels;

    // Of a policy that changes into itself, both sides are its volumes.
    private final PolicyImpact count;
    private long held;

    ReportedPolicy(ConversionModel model, Policy policy, ContextColumns contexts, LabelTexts labels) {
        this.model = model;
        this.policy = policy;
        this.contexts = contexts;
        this.labels = labels;
        this.count = PolicyImpact.of(policy, policy);
    }

    /** Refuses a policy that a check with this model finds errors in, such as one of another model. */
    static void refuseUnfit(Policy policy, ConversionModel model) {
        List<PolicyFinding> errors = PolicyVerifier.verify(policy, model).stream()
                .filter(finding -> finding.severity() == PolicyFinding.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new RefusedInputException("policy " + policy.reference() + " has "
                    + Numbers.count(errors.size(), "error") + ", so the report cannot say what it does:\n"
                    + String.join("\n", new FindingLines(errors).lines()));
        }
    }

    Decision add(CsvSignals.Row row, String label) {
        DecisionPair decided = count.decide(model.scorer(), row.reading(), contexts.of(row));
        Optional<Boolean> outcome = labels.outcome(label, row.row());
        if (outcome.isPresent()) {
            count.add(decided, outcome.get());
        } else {
            count.add(decided);
        }
        held += decided.after().reason() == Decision.Reason.HELD_BAND ? 1 : 0;
        return decided.after();
    }

    /** The policy with its counts, on users of the file of that name. */
    ReportPolicy counted(String file) {
        List<OutcomeVolume> outcomes = count.after().outcomes();
        int bands = policy.bands().size();
        return new ReportPolicy(
                policy.name(),
                policy.version(),
                policy.reference().digest(),
                "the " + Numbers.count(count.users(), "user") + " of " + file,
                facts(),
                bands(outcomes.subList(0, bands)),
                outcomes.subList(bands, outcomes.size()).stream()
                        .map(this::rule)
                        .toList(),
                policy.capacities(),
                count.contextLimits());
    }

    /** What the page has beside its tables, so without capacities. */
    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(PolicyOptions.of(policy));
        facts.remove("capacities");
        facts.computeIfPresent(
                "margin", (name, text) -> text + "; it holds " + Numbers.count(held, "user") + " of this file");
        return facts;
    }

    private List<ReportBand> bands(List<OutcomeVolume> outcomes) {
        List<ReportBand> bands = new ArrayList<>();
        for (OutcomeVolume outcome : outcomes) {
            Band band = policy.bands().get(bands.size());
            bands.add(new ReportBand(band.segment(), band.from(), band.action(), volume(outcome)));
        }
        return bands;
    }

    private ReportRule rule(OutcomeVolume volume) {
        Outcome outcome = volume.outcome();
        return new ReportRule(
                switch (outcome.kind()) {
                    case GUARDRAIL -> ReportRule.Kind.GUARDRAIL;
                    case CONTROL -> ReportRule.Kind.CONTROL;
                    case EXPLORATION -> ReportRule.Kind.EXPLORATION;
                    case BAND, FALLBACK -> ReportRule.Kind.FALLBACK;
                },
                outcome.name(),
                when(outcome),
                outcome.action(),
                volume(volume));
    }

    private String when(Outcome outcome) {
        return switch (outcome.kind()) {
            case GUARDRAIL ->
                policy.guardrails().stream()
                        .filter(guardrail -> guardrail.name().equals(outcome.name()))
                        .map(Guardrail::condition)
                        .findFirst()
                        .map(String::valueOf)
                        .orElse("");
            case CONTROL ->
                policy.control()
                        .map(control -> "a share of " + Numbers.plain(control.share()) + " drawn by key")
                        .orElse("");
            case EXPLORATION ->
                policy.exploration()
                        .map(of -> "a share of " + Numbers.plain(of.share()) + " drawn by key")
                        .orElse("");
            case BAND, FALLBACK -> "";
        };
    }

    private static ReportVolume volume(OutcomeVolume of) {
        return new ReportVolume(
                of.users(),
                of.scored(),
                of.expectedUnderPastTreatment(),
                of.observed().map(ConversionRate::users).orElse(0L),
                of.observed().map(ConversionRate::conversions).orElse(0L));
    }
}
