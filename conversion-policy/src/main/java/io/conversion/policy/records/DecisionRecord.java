package io.conversion.policy.records;

import io.conversion.core.ModelReference;
import io.conversion.core.Scorer;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Assignment;
import io.conversion.policy.Comparison;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.internal.Wording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision on record: what went in, which model and policy were applied, which numbers and comparisons came of it,
 * and what was decided; enough to decide it again and compare bits. Its file format, one JSON object a line, is described
 * in {@code docs/decision-records.md}. Immutable and safe to share between threads.
 *
 * @param library the version of the library that made the record
 * @param request what the caller calls the request; cut after 1,000 characters, as all text from outside is
 * @param moment when it was decided, by the caller's clock; null if that was not said
 * @param model the model
 * @param policy the policy; {@link PolicyReference#NONE} if the host had none
 * @param schema the schema of the signals
 * @param inputs the signals, or why they were refused
 * @param score the numbers of the model; null if the signals were refused
 * @param previousSegment the segment of the decision before; null if it was not known
 * @param draw the draw of the user's key for the control group of the policy, in place of the key; null if the policy has
 *     none or the key was not known
 * @param explorationDraw the same for what the policy explores
 * @param outcome what was decided
 * @param reasons the strongest contributions to the score of signals that are neither hidden nor redacted, as many as the
 *     log was asked for
 * @param assignment where the user stood in an experiment, with the probability of each action that the user could have got;
 *     null if no experiment ran
 * @param propensities the probability of each action that the user could have got, of a policy that explores outside of
 *     experiments; else empty
 */
public record DecisionRecord(
        String library,
        String request,
        @Nullable Instant moment,
        ModelReference model,
        PolicyReference policy,
        SchemaReference schema,
        Inputs inputs,
        @Nullable Numbers score,
        @Nullable String previousSegment,
        @Nullable Double draw,
        @Nullable Double explorationDraw,
        Outcome outcome,
        List<Contribution> reasons,
        @Nullable Assignment assignment,
        Map<String, Double> propensities) {

    /** Copies the collections and keeps their order. {@inheritDoc} */
    public DecisionRecord {
        reasons = List.copyOf(reasons);
        propensities =
                propensities.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(propensities));
    }

    /** Of a decision that was part of no experiment. */
    DecisionRecord(
            String library,
            String request,
            @Nullable Instant moment,
            ModelReference model,
            PolicyReference policy,
            SchemaReference schema,
            Inputs inputs,
            @Nullable Numbers score,
            @Nullable String previousSegment,
            @Nullable Double draw,
            Outcome outcome,
            List<Contribution> reasons) {
        this(
                library,
                request,
                moment,
                model,
                policy,
                schema,
                inputs,
                score,
                previousSegment,
                draw,
                null,
                outcome,
                reasons,
                null,
                Map.of());
    }

    /**
     * Makes the record of a decision, with everything in it.
     *
     * @param event the decision
     * @return the record
     */
    public static DecisionRecord of(DecisionEvent event) {
        return of(event, Redaction.NONE, 0);
    }

    /**
     * Makes the record of a decision.
     *
     * @param event the decision
     * @param redaction which signals are recorded by a digest only
     * @param strongest how many contributions to list at most, at least 0
     * @return the record
     */
    public static DecisionRecord of(DecisionEvent event, Redaction redaction, int strongest) {
        return new RecordMaker(event, redaction).record(strongest);
    }

    /**
     * Reads a record from its line, strictly.
     *
     * @param line a line of a file of records, without its line feed
     * @return the record
     * @throws InvalidArtifactException if the line is no record, or is not as it was written
     */
    public static DecisionRecord fromJson(String line) {
        return RecordFormat.read(line.getBytes(StandardCharsets.UTF_8), "record");
    }

    /**
     * The record as one line of JSON, sealed with the digest of its bytes.
     *
     * @return the line, without a line feed
     */
    public String toJson() {
        return RecordFormat.line(this);
    }

    /** The same record with what no replay computes again: that of its original. */
    DecisionRecord asRecorded(DecisionRecord original) {
        return new DecisionRecord(
                original.library,
                request,
                moment,
                model,
                policy,
                schema,
                inputs,
                score,
                previousSegment,
                draw,
                explorationDraw,
                outcome,
                original.isForeign() ? original.reasons : reasons,
                // Whose arm was forced cannot be told without the key.
                original.isForced() ? original.assignment : assignment,
                original.isForced() ? original.propensities : propensities);
    }

    /** Whether the file of the experiment gave the user an arm. */
    boolean isForced() {
        return assignment != null && assignment.standing() == Assignment.Standing.FORCED;
    }

    /** Whether a scorer that is not the library's own gave the probability. */
    boolean isForeign() {
        return score != null && score.isForeign();
    }

    /** The same record with other artifacts and what came of them. */
    DecisionRecord recomputed(Scorer by, PolicyReference rules, Numbers numbers, Outcome decided) {
        return new DecisionRecord(
                library,
                request,
                moment,
                by.model(),
                rules,
                SchemaReference.of(by.schema()),
                inputs,
                numbers,
                previousSegment,
                draw,
                explorationDraw,
                decided,
                reasons,
                assignment,
                propensities);
    }

    /** The request and the action; no value of a signal. */
    @Override
    public String toString() {
        return "record of request " + Wording.quoted(request) + ": " + outcome.action();
    }

    /**
     * What went in.
     *
     * @param signals the values as they were scored, by name, in the order of the schema: a {@link Double}, a
     *     {@link String} or a {@link Boolean}. The evidence holds the value that was given where another one was scored;
     *     what is missing or unseen is not listed here
     * @param redacted the salted digests of the values that were given, of the signals that were withheld
     * @param violations why the signals were refused; none if they were accepted
     */
    public record Inputs(Map<String, Object> signals, Map<String, String> redacted, List<Violation> violations) {

        /** Copies the collections and keeps their order. {@inheritDoc} */
        public Inputs {
            signals = inOrder(signals);
            redacted = inOrder(redacted);
            violations = List.copyOf(violations);
        }

        private static <V> Map<String, V> inOrder(Map<String, V> values) {
            return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * What the model said.
     *
     * @param rawLogOdds the log-odds before calibration
     * @param logOdds the calibrated log-odds
     * @param probability the probability
     * @param evidence what the score rests on; without the given values of redacted signals
     * @param isForeign whether a scorer that is not the library's own gave the probability
     */
    public record Numbers(
            double rawLogOdds, double logOdds, double probability, Evidence evidence, boolean isForeign) {}

    /**
     * What was decided.
     *
     * @param reason why; tells decided, overridden, control and fallback apart
     * @param segment the segment of the band; null for a fallback
     * @param comparisons how the probability compares with bounds so that this is the band; none for a fallback
     * @param guardrail the guardrail that decided; null if none did
     * @param action what the host was told to do
     * @param propensity the probability of this action over all that is drawn
     * @param details the reason of a fallback in sentences; none where the violations or the rest of the record say it
     */
    public record Outcome(
            Reason reason,
            @Nullable String segment,
            List<Compared> comparisons,
            @Nullable String guardrail,
            String action,
            double propensity,
            List<String> details) {

        /** Copies the lists. {@inheritDoc} */
        public Outcome {
            comparisons = List.copyOf(comparisons);
            details = List.copyOf(details);
        }
    }

    /**
     * A comparison that holds, with the probability on its left.
     *
     * @param comparison how it is compared
     * @param bound the number on the right
     */
    public record Compared(Comparison comparison, double bound) {

        /** Such as {@code >= 0x1.8p-1}. */
        @Override
        public String toString() {
            return comparison.symbol() + " " + Double.toHexString(bound);
        }
    }

    /**
     * One signal's part of the log-odds, against the reference user of the model.
     *
     * @param signal the name of the signal
     * @param logOdds the contribution, in calibrated log-odds
     */
    public record Contribution(String signal, double logOdds) {}
}
