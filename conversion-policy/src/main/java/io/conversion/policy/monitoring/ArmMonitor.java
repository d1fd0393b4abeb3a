package io.conversion.policy.monitoring;

import io.conversion.policy.Assignment.Placement;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.ExperimentReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the decisions of experiments by arm, on the thread of the request and without keeping anything of a user: whether
 * each arm gets its decisions, falls back more often than another, or gives other actions than it should shows long before
 * a read-out. Decisions are counted and not users, so that the shares of a {@link io.conversion.policy.Experiment} can be
 * held against them only roughly. Decisions outside of experiments are not counted. Safe to share between threads.
 *
 * <p>What it keeps grows with the arms and actions of the experiments that are served, and with nothing else.
 */
public final class ArmMonitor implements DecisionListener {

    private final Map<Placement, Counts> counts = new ConcurrentHashMap<>();

    private static final class Counts {
        private final LongAdder fallbacks = new LongAdder();
        private final Map<String, LongAdder> actions = new ConcurrentHashMap<>();
    }

    /**
     * How many decisions stood so in an experiment.
     *
     * @param experiment the experiment
     * @param standing whether the users were in it, and why not
     * @param arm their arm; null of users who were not in it
     * @param decisions how many decisions there were
     * @param fallbacks how many of them were fallbacks
     * @param actions how many gave each action
     */
    public record ArmCount(
            ExperimentReference experiment,
            Standing standing,
            @Nullable String arm,
            long decisions,
            long fallbacks,
            Map<String, Long> actions) {

        /** Copies the map. {@inheritDoc} */
        public ArmCount {
            actions = Map.copyOf(actions);
        }
    }

    /** Makes a monitor that has counted nothing. */
    public ArmMonitor() {}

    /**
     * Counts a decision, if an experiment was asked.
     *
     * @param event the decision
     * @param nanoseconds not looked at
     */
    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        event.placement().ifPresent(placement -> {
            Counts mine = counts.computeIfAbsent(placement, any -> new Counts());
            if (event.decision() instanceof Fallback) {
                mine.fallbacks.increment();
            }
            mine.actions
                    .computeIfAbsent(event.decision().action(), any -> new LongAdder())
                    .increment();
        });
    }

    /**
     * What was counted so far. A decision that is being counted may be in some of the counts and not yet in others.
     *
     * @return the counts, by the name, version and digest of the experiment, by standing and by arm
     */
    public List<ArmCount> counts() {
        return counts.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                                (ArmCount count) -> count.experiment().name())
                        .thenComparing(count -> count.experiment().version())
                        .thenComparing(count -> count.experiment().digest())
                        .thenComparing(ArmCount::standing)
                        .thenComparing(count -> String.valueOf(count.arm())))
                .toList();
    }

    private static ArmCount count(Placement of, Counts counted) {
        Map<String, Long> actions = new TreeMap<>();
        counted.actions.forEach((action, count) -> actions.put(action, count.sum()));
        return new ArmCount(
                of.experiment(),
                of.standing(),
                of.arm(),
                actions.values().stream().mapToLong(Long::longValue).sum(),
                counted.fallbacks.sum(),
                actions);
    }
}
