package io.conversion.policy.monitoring;

import io.conversion.core.Scorer;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.PolicyEngine;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is asked what was decided already, and never acts: another policy, another model of the same schema, or both. Counts for
 * each pair of segments how many users got them of the champion and of the challenger, and switches itself off for good
 * when it fails, or takes longer than its budget.
 *
 * <p>As a listener it decides on the thread of the request, right after the champion. It is switched off when it has been
 * over its budget {@link Budget#slowInARow} times in a row, so that a single pause of the JVM does not end it. Whatever it
 * throws, an error of the JVM included, ends here. Safe to share between threads.
 */
public final class Challenger implements DecisionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Challenger.class);

    private final Scorer scorer;
    private final PolicyEngine engine;
    private final Budget budget;
    private final LongSupplier clock;
    private final Map<Pair, LongAdder> pairs = new ConcurrentHashMap<>();
    private final LongAdder skipped = new LongAdder();

    // Written by any request; a lost update of the count costs a slow decision more.
    private volatile int slow;
    private volatile @Nullable String switchedOff;

    private Challenger(Scorer scorer, PolicyEngine engine, Budget budget, LongSupplier clock) {
        this.scorer = scorer;
        this.engine = engine;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * How slow a challenger may be.
     *
     * @param nanoseconds the longest time that a decision of it may take, at least 1
     * @param slowInARow how many decisions in a row must take longer for it to be switched off, at least 1
     */
    public record Budget(long nanoseconds, int slowInARow) {

        /**
         * Checks the numbers. {@inheritDoc}
         *
         * @throws IllegalArgumentException if one is below 1
         */
        public Budget {
            if (nanoseconds < 1 || slowInARow < 1) {
                throw new IllegalArgumentException("the budget of a challenger is " + nanoseconds + " nanoseconds, "
                        + slowInARow + " times in a row; both must be at least 1");
            }
        }
    }

    /**
     * What champion and challenger said of a user: the segment, or the reason of a fallback in lower case after
     * {@code fallback: }.
     *
     * @param champion what the champion said
     * @param challenger what the challenger said
     */
    public record Pair(String champion, String challenger) {

        /**
         * Tells whether they said the same.
         *
         * @return whether both are equal
         */
        public boolean agrees() {
            return champion.equals(challenger);
        }
    }

    /**
     * Makes a challenger.
     *
     * @param scorer the scorer of its model; may be the champion's
     * @param engine the engine of its policy; may be the champion's
     * @param budget how slow it may be
     * @return the challenger
     */
    public static Challenger of(Scorer scorer, PolicyEngine engine, Budget budget) {
        return of(scorer, engine, budget, System::nanoTime);
    }

    /** Makes a challenger with a clock of nanoseconds that only goes forward. */
    static Challenger of(Scorer scorer, PolicyEngine engine, Budget budget, LongSupplier clock) {
        return new Challenger(scorer, engine, budget, clock);
    }

    /**
     * Decides on the same signals.
     *
     * @param event what the champion decided
     * @param nanoseconds how long that took, which is not looked at
     */
    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        if (switchedOff != null) {
            return;
        }
        try {
            if (event.scorer().schema().equals(scorer.schema())) {
                challenge(event);
            } else {
                skipped.increment();
            }
        } catch (Throwable e) {
            // Its message may hold values of the user.
            switchOff("it failed: " + e.getClass().getName());
            LOG.debug("the challenger failed", e);
        }
    }

    private void challenge(DecisionEvent event) {
        long start = clock.getAsLong();
        Decision decision = engine.decide(scorer, event.reading(), event.context());
        long took = clock.getAsLong() - start;
        pairs.computeIfAbsent(new Pair(said(event.decision()), said(decision)), pair -> new LongAdder())
                .increment();
        if (took <= budget.nanoseconds()) {
            if (slow != 0) {
                slow = 0;
            }
            return;
        }
        int inARow = slow + 1;
        slow = inARow;
        if (inARow >= budget.slowInARow()) {
            switchOff("it took " + took + " ns where " + budget.nanoseconds() + " are allowed, the last of " + inARow
                    + " slow decisions in a row");
        }
    }

    private void switchOff(String reason) {
        if (switchedOff == null) {
            switchedOff = reason;
            LOG.warn("challenger {} is switched off: {}", engine.policy(), reason);
        }
    }

    private static String said(Decision decision) {
        return decision.segment()
                .orElseGet(() -> "fallback: " + decision.reason().name().toLowerCase(Locale.ROOT));
    }

    /**
     * How many users got each pair of segments so far.
     *
     * @return the numbers, sorted by the champion's segment and then the challenger's
     */
    public Map<Pair, Long> pairs() {
        Map<Pair, Long> counts =
                new TreeMap<>(Comparator.comparing(Pair::champion).thenComparing(Pair::challenger));
        pairs.forEach((pair, count) -> counts.put(pair, count.sum()));
        return counts;
    }

    /**
     * How many users the challenger put elsewhere than the champion did so far.
     *
     * @return the sum of the pairs that do not agree
     */
    public long disagreements() {
        return pairs().entrySet().stream()
                .filter(entry -> !entry.getKey().agrees())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * How many decisions it was not asked about so far, because the model of the champion has another schema.
     *
     * @return the number of decisions
     */
    public long skipped() {
        return skipped.sum();
    }

    /**
     * Why the challenger was switched off.
     *
     * @return the reason; empty while it is on
     */
    public Optional<String> switchedOff() {
        return Optional.ofNullable(switchedOff);
    }
}
