package io.conversion.policy.records;

import io.conversion.core.Score;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Assignment;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.records.DecisionRecord.Compared;
import io.conversion.policy.records.DecisionRecord.Contribution;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the record of one decision. */
final class RecordMaker {

    private final DecisionEvent event;
    private final Redaction redaction;

    RecordMaker(DecisionEvent event, Redaction redaction) {
        this.event = event;
        this.redaction = redaction;
    }

    DecisionRecord record(int strongest) {
        Decision decision = event.decision();
        Score score = event.score().orElse(null);
        Inputs inputs = inputs(score);
        Assignment assignment = event.assignment().orElse(null);
        Double explorationDraw = draw(Policy::exploration, event.context()::draw);
        return new DecisionRecord(
                Library.VERSION,
                RecordedText.of(event.request()),
                event.moment(),
                decision.model(),
                decision.policy(),
                SchemaReference.of(event.scorer().schema()),
                inputs,
                score == null ? null : numbers(score),
                event.context().previousSegment().map(RecordedText::of).orElse(null),
                draw(Policy::control, event.context()::draw),
                explorationDraw,
                outcome(decision, event.policy(), assignment),
                score == null || strongest == 0 ? List.of() : contributions(score, strongest, inputs),
                assignment,
                explorationDraw == null || assignment != null ? Map.of() : event.propensities());
    }

    private <T> @Nullable Double draw(Function<Policy, Optional<T>> part, Function<T, OptionalDouble> draw) {
        Policy policy = event.policy();
        OptionalDouble drawn = policy == null
                ? OptionalDouble.empty()
                : part.apply(policy).map(draw).orElseGet(OptionalDouble::empty);
        return drawn.isPresent() ? (Double) drawn.getAsDouble() : null;
    }

    /** Puts values as they were given in the place of those that were scored. */
    static void putGiven(Evidence evidence, Map<String, Object> values) {
        for (Substitution rule : evidence.substitutions()) {
            rule.value().ifPresent(value -> values.put(rule.signal(), value));
        }
    }

    private Inputs inputs(@Nullable Score score) {
        if (score == null) {
            List<Violation> violations = ((SignalReading.Refused) event.reading()).violations();
            return new Inputs(
                    Map.of(), Map.of(), violations.stream().map(this::recorded).toList());
        }
        int size = score.signals().schema().size();
        Map<String, Object> signals = new LinkedHashMap<>(2 * size);
        Map<String, String> redacted = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = score.signals().schema().at(i).name();
            Object scored = score.signals().value(i);
            if (redaction.hides(name)) {
                given(score, name)
                        .or(() -> Optional.ofNullable(scored))
                        .ifPresent(value -> redacted.put(name, redaction.digest(name, value)));
            } else if (scored != null) {
                signals.put(name, scored);
            }
        }
        return new Inputs(signals, redacted, List.of());
    }

    private Violation recorded(Violation violation) {
        Violation redacted = redaction.redacted(violation);
        return new Violation(RecordedText.of(redacted.signal()), redacted.kind(), RecordedText.of(redacted.message()));
    }

    /** The value as it was given, where another one was scored in its place. */
    private static Optional<Object> given(Score score, String signal) {
        return score.evidence().substitutions().stream()
                .filter(substitution -> substitution.signal().equals(signal))
                .findFirst()
                .flatMap(Substitution::value);
    }

    private Numbers numbers(Score score) {
        Evidence evidence = score.evidence();
        List<Substitution> rules = evidence.substitutions().isEmpty()
                ? List.of()
                : evidence.substitutions().stream().map(this::recorded).toList();
        return new Numbers(
                score.rawLogOdds(),
                score.logOdds(),
                score.probability(),
                new Evidence(rules, evidence.observedShare(), evidence.shortfalls()),
                score.isForeign());
    }

    private Substitution recorded(Substitution substitution) {
        boolean withheld = redaction.hides(substitution.signal()) || substitution.rule() == Rule.MISSING;
        return new Substitution(
                substitution.signal(), substitution.rule(), withheld ? "" : RecordedText.of(substitution.given()));
    }

    /** The strongest of those that are not redacted; the contribution of a missing signal tells nothing more. */
    private List<Contribution> contributions(Score score, int strongest, Inputs inputs) {
        int asked = inputs.redacted().isEmpty()
                ? strongest
                : score.signals().schema().size();
        return event.scorer().explanation(score.signals(), asked).stream()
                .flatMap(explanation -> explanation.contributions().stream())
                .filter(contribution -> !contribution.signal().reasons().hidden()
                        && !inputs.redacted().containsKey(contribution.signal().name()))
                .limit(strongest)
                .map(contribution -> new Contribution(contribution.signal().name(), contribution.logOdds()))
                .toList();
    }

    /** What a record says of a decision by a policy; null if the host had none. */
    static Outcome outcome(Decision decision, @Nullable Policy policy, @Nullable Assignment assignment) {
        boolean said = !(decision instanceof Fallback) || decision.reason() == Reason.INVALID_SIGNALS;
        return new Outcome(
                decision.reason(),
                decision.segment().orElse(null),
                policy != null && decision instanceof Banded banded ? comparisons(banded, policy) : List.of(),
                decision instanceof Overridden overridden
                        ? overridden.guardrail().name()
                        : null,
                decision.action(),
                assignment == null
                        ? decision.propensity()
                        : assignment.propensities().getOrDefault(decision.action(), decision.propensity()),
                said ? List.of() : decision.details());
    }

    private static List<Compared> comparisons(Banded decision, Policy policy) {
        List<Band> bands = policy.bands();
        Band band = decision.band();
        int index = bands.indexOf(band);
        double probability = decision.score().probability();
        if (probability < band.from()) {
            return List.of(new Compared(Comparison.AT_LEAST, band.from() - policy.margin()));
        } else if (index == bands.size() - 1) {
            return List.of(new Compared(Comparison.AT_LEAST, band.from()), new Compared(Comparison.AT_MOST, 1));
        }
        double next = bands.get(index + 1).from();
        return probability < next
                ? List.of(new Compared(Comparison.AT_LEAST, band.from()), new Compared(Comparison.BELOW, next))
                : List.of(new Compared(Comparison.BELOW, next + policy.margin()));
    }
}
