package io.conversion.policy.monitoring;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyReference;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DriftMonitor} has counted so far: whole numbers only, and no value of any user. Snapshots of the same model
 * and policy add up, such as those of several instances of a service, or of several days: {@link #plus} is commutative and
 * associative, and {@link #empty} changes nothing. The file format is described in {@code docs/monitoring.md}. Immutable
 * and safe to share between threads.
 *
 * @param model the model that scored
 * @param policy the policy that decided
 * @param first the moment of the earliest decision, to the second; null if none had a moment
 * @param last the moment of the latest decision, to the second; null if none had a moment
 * @param decisions how many decisions there were, by their reason; a reason without a decision is not listed
 * @param ofOtherUnits how many decisions were by another model or policy, and are counted nowhere else
 * @param refusals how often which signal was refused for what, in readings that were refused; none is not listed
 * @param signals the users whose signals were accepted, by signal and in the bins of the model's reference distribution;
 *     empty if the model has none
 * @param clipped how many values of a signal were out of range and are counted in the bin of the nearer end; none is not
 *     listed
 * @param probability the same users by probability, in the bins of the reference distribution, or between the bounds of the
 *     bands if there is none; missing are those without a probability
 * @param bands the same users by band, with what came of them
 * @param actions what came of the users for whom a band was decided on, by the action that they got
 * @param followUp what became of the decisions whose outcomes were to be followed
 */
public record DriftSnapshot(
        ModelReference model,
        PolicyReference policy,
        @Nullable Instant first,
        @Nullable Instant last,
        Map<Reason, Long> decisions,
        long ofOtherUnits,
        Map<Refusal, Long> refusals,
        Map<String, SignalDistribution> signals,
        Map<String, Long> clipped,
        SignalDistribution.Numbers probability,
        List<BandCounts> bands,
        Map<String, CalibrationCounts> actions,
        FollowUp followUp) {

    /**
     * Copies the maps and lists. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a count is negative, or only one end of the period is known
     */
    public DriftSnapshot {
        decisions = Collections.unmodifiableMap(positive(decisions, new EnumMap<>(Reason.class)));
        refusals = Collections.unmodifiableMap(positive(refusals, new TreeMap<>()));
        clipped = Collections.unmodifiableMap(positive(clipped, new TreeMap<>()));
        signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
        actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
        bands = List.copyOf(bands);
        if (ofOtherUnits < 0) {
            throw new IllegalArgumentException(ofOtherUnits + " decisions are of other units; at least 0 is allowed");
        }
        if (first == null ? last != null : last == null || last.isBefore(first)) {
            throw new IllegalArgumentException("the period from " + first + " to " + last
                    + " is none; expected both ends in this order, or neither");
        }
    }

    private static <K> Map<K, Long> positive(Map<K, Long> counts, Map<K, Long> copy) {
        counts.forEach((key, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("the count of " + key + " is " + count + "; at least 0 is allowed");
            } else if (count > 0) {
                copy.put(key, count);
            }
        });
        return copy;
    }

    /**
     * The snapshot of a monitor that has seen nothing.
     *
     * @param model the model
     * @param policy the policy
     * @return the snapshot, all counts 0
     */
    public static DriftSnapshot empty(ConversionModel model, Policy policy) {
        return empty(MonitoredModel.of(model), policy);
    }

    static DriftSnapshot empty(MonitoredModel model, Policy policy) {
        return DriftMonitor.of(model, policy, DriftOptions.defaults()).snapshot();
    }

    /**
     * Reads a snapshot from JSON text.
     *
     * @param json the text
     * @return the snapshot
     * @throws InvalidArtifactException if the content is refused
     */
    public static DriftSnapshot fromJson(String json) {
        return JsonDocument.read(json, "drift snapshot", DriftFormat::read);
    }

    /**
     * The snapshot as JSON.
     *
     * @return the text
     */
    public String toJson() {
        return JsonText.pretty(DriftFormat.json(this));
    }

    /**
     * How many users had their signals accepted.
     *
     * @return the number of decisions that were not for want of valid signals
     */
    public long users() {
        return decisions.entrySet().stream()
                .filter(entry -> entry.getKey() != Reason.INVALID_SIGNALS)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Adds another snapshot.
     *
     * @param other a snapshot of the same model and policy
     * @return the sums, over the period of both
     * @throws IllegalArgumentException if it is of another model or policy, by digest, or does not have the same bins
     */
    public DriftSnapshot plus(DriftSnapshot other) {
        return combine(
                other, Long::sum, earlier(first, other.first), later(last, other.last), followUp.plus(other.followUp));
    }

    /**
     * What was counted since an earlier snapshot of the same monitor, such as that of yesterday. A settled outcome counts
     * where it was settled; what is pending is as of this snapshot.
     *
     * @param before the earlier snapshot
     * @return the differences, over the period from the latest decision of the earlier one
     * @throws IllegalArgumentException if it is of another model or policy, or counts more than this one in anything
     */
    public DriftSnapshot since(DriftSnapshot before) {
        return combine(
                before,
                DriftSnapshot::difference,
                before.last == null ? first : before.last,
                last,
                followUp.combine(before.followUp.settled(), DriftSnapshot::difference));
    }

    private static long difference(long count, long before) {
        if (count < before) {
            throw new IllegalArgumentException("the snapshot before counts " + before + " of what this one counts "
                    + count + " of; give an earlier one of the same monitor");
        }
        return count - before;
    }

    private DriftSnapshot combine(
            DriftSnapshot other,
            LongBinaryOperator operator,
            @Nullable Instant from,
            @Nullable Instant to,
            FollowUp followedUp) {
        requireSame("model", model.digest(), other.model.digest());
        requireSame("policy", policy.digest(), other.policy.digest());
        boolean sameBins = signals.keySet().equals(other.signals.keySet())
                && bands.size() == other.bands.size()
                && actions.keySet().equals(other.actions.keySet());
        if (!sameBins) {
            throw Distributions.otherBins();
        }
        Map<String, SignalDistribution> bySignal = new LinkedHashMap<>();
        signals.forEach((name, counts) -> bySignal.put(
                name, Distributions.combine(counts, Objects.requireNonNull(other.signals.get(name)), operator)));
        Map<String, CalibrationCounts> byAction = new LinkedHashMap<>();
        actions.forEach((name, counts) ->
                byAction.put(name, counts.combine(Objects.requireNonNull(other.actions.get(name)), operator)));
        return new DriftSnapshot(
                model,
                policy,
                from,
                to,
                Distributions.combine(decisions, other.decisions, operator),
                operator.applyAsLong(ofOtherUnits, other.ofOtherUnits),
                Distributions.combine(refusals, other.refusals, operator),
                bySignal,
                Distributions.combine(clipped, other.clipped, operator),
                Distributions.combine(probability, other.probability, operator),
                IntStream.range(0, bands.size())
                        .mapToObj(i -> bands.get(i).combine(other.bands.get(i), operator))
                        .toList(),
                byAction,
                followedUp);
    }

    private static void requireSame(String what, String digest, String other) {
        if (!digest.equals(other)) {
            throw new IllegalArgumentException("a snapshot of " + what + " " + digest + " and one of " + what + " "
                    + other + " do not add up; sum those of each " + what + " by themselves");
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
