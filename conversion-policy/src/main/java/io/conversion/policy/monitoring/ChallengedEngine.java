package io.conversion.policy.monitoring;

import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
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
 * A champion that decides, and a challenger that is asked the same and never acts: another policy, another model of the
 * same schema, or both. Counts for each pair of segments how many users got them, and switches the challenger off for
 * good when it fails, or takes longer than its budget.
 *
 * <p>The challenger decides on the thread of the request, right after the champion. It is switched off when it has been
 * over its budget {@link Budget#slowInARow} times in a row, so that a single pause of the JVM does not end it. Whatever it
 * throws, an error of the JVM included, the champion's decision is the answer. Safe to share between threads.
 */
public final class ChallengedEngine {

    private static final Logger LOG = LoggerFactory.getLogger(ChallengedEngine.class);

    private final Scorer championScorer;
    private final PolicyEngine champion;
    private final Scorer challengerScorer;
    private final PolicyEngine challenger;
    private final Budget budget;
    private final LongSupplier nanoseconds;
    private final Map<Pair, LongAdder> pairs = new ConcurrentHashMap<>();

    // Written by any request; a lost update of the count costs a slow decision more.
    private volatile int slow;
    private volatile @Nullable String switchedOff;

    private ChallengedEngine(
            Scorer championScorer,
            PolicyEngine champion,
            Scorer challengerScorer,
            PolicyEngine challenger,
            Budget budget,
            LongSupplier nanoseconds) {
        this.championScorer = championScorer;
        this.champion = champion;
        this.challengerScorer = challengerScorer;
        this.challenger = challenger;
        this.budget = budget;
        this.nanoseconds = nanoseconds;
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
     * Sets a challenger beside a champion.
     *
     * @param championScorer the scorer of the champion's model
     * @param champion the engine of its policy
     * @param challengerScorer the scorer of the challenger's model; may be the same
     * @param challenger the engine of its policy; may be the same
     * @param budget how slow the challenger may be
     * @param nanoseconds a clock that only goes forward, such as {@code System::nanoTime}
     * @return the engine of both
     * @throws IllegalArgumentException if the models have different schemas
     */
    public static ChallengedEngine of(
            Scorer championScorer,
            PolicyEngine champion,
            Scorer challengerScorer,
            PolicyEngine challenger,
            Budget budget,
            LongSupplier nanoseconds) {
        if (!championScorer.schema().equals(challengerScorer.schema())) {
            throw new IllegalArgumentException("the champion " + championScorer.model() + " has schema "
                    + championScorer.schema() + " and the challenger " + challengerScorer.model() + " has schema "
                    + challengerScorer.schema() + "; both must read the same signals");
        }
        return new ChallengedEngine(championScorer, champion, challengerScorer, challenger, budget, nanoseconds);
    }

    /**
     * Decides by the champion, and asks the challenger.
     *
     * @param reading what came of reading the signals
     * @param context what else is known of the user
     * @return the champion's decision, as {@link PolicyEngine#decide(Scorer, SignalReading, DecisionContext)} makes it
     * @throws IllegalArgumentException if the signals were accepted by another schema than the champion's
     */
    public Decision decide(SignalReading reading, DecisionContext context) {
        Decision decision = champion.decide(championScorer, reading, context);
        if (switchedOff == null) {
            challenge(decision, reading, context);
        }
        return decision;
    }

    // An error of the challenger, such as a stack overflow, must not reach the champion.
    private void challenge(Decision decision, SignalReading reading, DecisionContext context) {
        try {
            long start = nanoseconds.getAsLong();
            Decision other = challenger.decide(challengerScorer, reading, context);
            long took = nanoseconds.getAsLong() - start;
            pairs.computeIfAbsent(new Pair(said(decision), said(other)), pair -> new LongAdder())
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
                switchOff("it took " + took + " ns where " + budget.nanoseconds() + " are allowed, the last of "
                        + inARow + " slow decisions in a row");
            }
        } catch (Throwable e) {
            switchOff("it failed: " + e);
        }
    }

    private void switchOff(String reason) {
        if (switchedOff == null) {
            switchedOff = reason;
            LOG.warn("challenger {} is switched off: {}", challenger.policy(), reason);
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
     * Why the challenger was switched off.
     *
     * @return the reason; empty while it is on
     */
    public Optional<String> switchedOff() {
        return Optional.ofNullable(switchedOff);
    }
}
