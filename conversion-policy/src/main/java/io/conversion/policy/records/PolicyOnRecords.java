package io.conversion.policy.records;

import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord.Numbers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What another policy would do with the users of records: the probability of each action, over its control group and what it
 * explores. It decides on the recorded probability and evidence, so that no model is asked again. Immutable and safe to share
 * between threads.
 */
public final class PolicyOnRecords {

    private final PolicyEngine engine;
    private final Map<String, SignalSchema> schemas = new HashMap<>();
    private final @Nullable RedactedReplay redacted;

    private PolicyOnRecords(Policy policy, Collection<SignalSchema> schemas) {
        this.engine = PolicyEngine.of(policy);
        this.redacted = policy.guardrails().isEmpty() ? new RedactedReplay(policy) : null;
        schemas.forEach(schema -> this.schemas.put(schema.digest(), schema));
    }

    /**
     * Starts to ask a policy.
     *
     * @param policy the policy
     * @param schemas the schemas of the recorded signals
     * @return what asks it
     */
    public static PolicyOnRecords of(Policy policy, Collection<SignalSchema> schemas) {
        return new PolicyOnRecords(policy, schemas);
    }

    /**
     * What the policy would do.
     *
     * @param segment the segment of its band; null for a fallback
     * @param propensities the probability of each action, summing to 1
     */
    public record Alternative(@Nullable String segment, Map<String, Double> propensities) {}

    /**
     * Asks what the policy would do with the user of a record. The user counts as one with a key, who is in its draws.
     *
     * @param record the record
     * @return the answer; empty if the schema of the record was not given, or signals are redacted and the policy has guardrails,
     *     which may look at them
     */
    public Optional<Alternative> of(DecisionRecord record) {
        SignalSchema schema = schemas.get(record.schema().digest());
        if (schema == null) {
            return Optional.empty();
        }
        Numbers numbers = decidedOn(record.score());
        RecordedScorer scorer = new RecordedScorer(record.model(), schema, numbers);
        String previous = record.previousSegment();
        DecisionContext context = (previous == null
                        ? DecisionContext.NONE
                        : DecisionContext.NONE.previousSegment(previous))
                // Whichever they are: they say that there is something to draw by.
                .draw(0)
                .explorationDraw(0);
        if (!record.inputs().redacted().isEmpty()) {
            return redacted == null
                    ? Optional.empty()
                    : Optional.of(redacted.alternative(numbers, record.model(), context));
        }
        SignalReading reading = Replay.reading(record, scorer);
        return Optional.of(new Alternative(
                engine.decide(scorer, reading, context).segment().orElse(null),
                engine.propensities(scorer, reading, context)));
    }

    /** The library's own scorers have no probability where the log-odds overflowed; nobody decides on it then. */
    private static @Nullable Numbers decidedOn(@Nullable Numbers recorded) {
        return recorded == null || recorded.isForeign() || Double.isFinite(recorded.logOdds())
                ? recorded
                : new Numbers(
                        recorded.rawLogOdds(),
                        recorded.logOdds(),
                        Double.NaN,
                        recorded.evidence(),
                        recorded.isForeign());
    }
}
