package io.conversion.policy.serving;

import java.lang.invoke.MethodHandles.Lookup;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How an {@link ArtifactWatcher} judges candidates, and whom it tells. Starts at {@link #defaults()}.
 *
 * @param clock says when a unit was swapped or refused; requests never ask it
 * @param maxFlippedShare how many of the last decisions a candidate may answer with another action, as a share of
 *     them, 0 to 1; 1 is no limit
 * @param lastDecisions how many of the last decisions are kept to tell, 0 to 1,000,000
 * @param checks what else a candidate must pass: each answers the reasons to refuse it, as sentences
 * @param listener is told of each swap and each roll-back, and once of each refused candidate
 */
public record WatcherOptions(
        InstantSource clock,
        double maxFlippedShare,
        int lastDecisions,
        List<Function<ServingUnit, List<String>>> checks,
        Consumer<WatcherEvent> listener) {

    private static final int MOST_DECISIONS = 1_000_000;

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public WatcherOptions {
        if (!(maxFlippedShare >= 0 && maxFlippedShare <= 1)) {
            throw new IllegalArgumentException("the share of decisions that a candidate may flip is " + maxFlippedShare
                    + "; it must be from 0 to 1");
        }
        if (!(lastDecisions >= 0 && lastDecisions <= MOST_DECISIONS)) {
            throw new IllegalArgumentException("the number of decisions to judge candidates by is " + lastDecisions
                    + "; it must be from 0 to " + MOST_DECISIONS);
        }
        checks = List.copyOf(checks);
    }

    /**
     * The options that hold where nothing else is said: the system's clock, no limit of flipped decisions, no further
     * checks, nobody told.
     *
     * @return the options
     */
    public static WatcherOptions defaults() {
        return new WatcherOptions(InstantSource.system(), 1, 0, List.of(), event -> {});
    }

    /**
     * States the clock.
     *
     * @param source what to ask for the moment of swaps and refusals
     * @return the changed copy
     */
    public WatcherOptions clock(InstantSource source) {
        return new WatcherOptions(source, maxFlippedShare, lastDecisions, checks, listener);
    }

    /**
     * Limits how many of the last decisions a candidate may answer with another action than the unit that is served.
     * The watcher must be among the listeners of the {@link DecisionPoint} to know them, as {@link
     * DecisionPoint#of(ArtifactWatcher, io.conversion.policy.DecisionListener...)} sees to. It holds on to
     * their readings, so to the values of as many users; signals that the schema refused are not kept.
     *
     * <p>As long as fewer than a tenth of so many decisions can be compared, such as after a start, no candidate is
     * refused for them: a share of a few says nothing. A candidate that is refused is compared again at each refresh,
     * with the decisions that are the last ones then.
     *
     * @param share the largest share, 0 to 1; 1 is no limit
     * @param decisions how many decisions are kept, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if a number is out of range
     */
    public WatcherOptions maxFlippedShare(double share, int decisions) {
        if (decisions < 1) {
            throw new IllegalArgumentException(
                    "a share of the last " + decisions + " decisions limits nothing; it must be of at least 1");
        }
        return new WatcherOptions(clock, share, decisions, checks, listener);
    }

    /** Whether any candidate can be refused for the decisions that it flips. */
    boolean limitsFlips() {
        return lastDecisions > 0 && maxFlippedShare < 1;
    }

    /** How many decisions must be compared before their share says something. */
    int fewestDecisions() {
        return Math.max(1, (lastDecisions + 9) / 10);
    }

    /**
     * Adds a check that candidates must pass, such as that the host knows what to do for each action of the policy.
     *
     * <p>Reasons are taken as facts about the candidate: it is checked again when one of its files changes. A check that
     * throws refuses the candidate, too, and is asked again at each refresh. The refusal names the class of what was
     * thrown; the message is logged at DEBUG.
     *
     * @param check answers the reasons to refuse a unit, as sentences; none if it may be served
     * @return the changed copy
     */
    public WatcherOptions check(Function<ServingUnit, List<String>> check) {
        List<Function<ServingUnit, List<String>>> all = new ArrayList<>(checks);
        all.add(check);
        return new WatcherOptions(clock, maxFlippedShare, lastDecisions, all, listener);
    }

    /**
     * Demands that a record type of the host fits the schema of each candidate. Its binding is made before the unit is
     * served, so no request waits for it.
     *
     * @param type the record type
     * @param lookup {@link java.lang.invoke.MethodHandles#lookup()}, as called where the record's accessors are
     *     accessible
     * @return the changed copy
     */
    public WatcherOptions binds(Class<? extends Record> type, Lookup lookup) {
        return check(unit -> {
            try {
                unit.binding(type, lookup);
                return List.of();
            } catch (IllegalArgumentException e) {
                return List.of(String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * States whom to tell. The listener runs on the thread that refreshes or rolls back, after the unit has changed, and
     * is told of one event after the other, in the order in which they happened; if it throws, that is logged and
     * changes nothing.
     *
     * @param told is given each {@link Refresh.Swapped}, each {@link Refresh.Refused} once, and each
     *     {@link RollBackAnswer.RolledBack}
     * @return the changed copy
     */
    public WatcherOptions listener(Consumer<WatcherEvent> told) {
        return new WatcherOptions(clock, maxFlippedShare, lastDecisions, checks, told);
    }
}
