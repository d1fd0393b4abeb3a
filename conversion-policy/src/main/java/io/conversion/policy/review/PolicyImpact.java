package io.conversion.policy.review;

import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.DecidedBatch;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.PolicyReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a new policy would change for given users: who moves from which outcome to which, how many get each action
 * before and after, and how many of them are expected to convert. Users are added one by one and none is kept, so there may
 * be any number of them.
 *
 * <pre>{@code
 * PolicyImpact impact = PolicyImpact.of(current, candidate);
 * scores.forEach(impact::add);
 * impact.after().byAction();   // how many users get each action
 * impact.limits();             // what these numbers do not say
 * }</pre>
 *
 * <p>A policy with a margin also looks at the previous segment of a user, one with a control group at the key. Who knows
 * them adds {@link #decide(Scorer, SignalReading, DecisionContext) pairs of decisions}; {@link #limits()} says how many
 * users were added without.
 *
 * <p>These are volumes, and not effects: see {@link #limits()}. For one thread, but for {@code decide}, which counts
 * nothing and may be called by any number of threads.
 */
public final class PolicyImpact {

    private final PolicyEngine before;
    private final PolicyEngine after;
    private final Consumer<Flip> flips;
    private final PolicyTally ofBefore;
    private final PolicyTally ofAfter;

    // By the index of the outcome before and that after.
    private final long[][] moves;

    private long users;
    private long flipped;
    private long labelled;

    private PolicyImpact(Policy before, Policy after, Consumer<Flip> flips) {
        this.before = PolicyEngine.of(before);
        this.after = PolicyEngine.of(after);
        this.flips = flips;
        this.ofBefore = new PolicyTally(before);
        this.ofAfter = new PolicyTally(after);
        this.moves = new long[ofBefore.outcomes().size()][ofAfter.outcomes().size()];
    }

    /**
     * Starts a count of nobody.
     *
     * @param before the old policy
     * @param after the new policy
     * @return the count
     */
    public static PolicyImpact of(Policy before, Policy after) {
        return of(before, after, flip -> {});
    }

    /**
     * Starts a count of nobody.
     *
     * @param before the old policy
     * @param after the new policy
     * @param flips is told of each user whose action changes, while the user is added
     * @return the count
     */
    public static PolicyImpact of(Policy before, Policy after, Consumer<Flip> flips) {
        return new PolicyImpact(before, after, flips);
    }

    /**
     * Asks both policies about a user, and counts nothing.
     *
     * @param score the score
     * @param context the previous segment and the key of the user, where they are known
     * @return the two decisions, to be added
     */
    public DecisionPair decide(Score score, DecisionContext context) {
        return new DecisionPair(before.decide(score, context), after.decide(score, context), context);
    }

    /**
     * Asks both policies about a user whose signals were read from outside, and counts nothing.
     *
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals; refused ones are a fallback of both policies
     * @param context the previous segment and the key of the user, where they are known
     * @return the two decisions, to be added
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    public DecisionPair decide(Scorer scorer, SignalReading reading, DecisionContext context) {
        return reading instanceof SignalReading.Accepted accepted
                ? decide(scorer.score(accepted.signals()), context)
                : new DecisionPair(
                        before.decide(scorer, reading, context), after.decide(scorer, reading, context), context);
    }

    /**
     * Adds a user of whom nothing but the score is known.
     *
     * @param score the score
     */
    public void add(Score score) {
        add(decide(score, DecisionContext.NONE));
    }

    /**
     * Adds such a user whose outcome is known.
     *
     * @param score the score
     * @param converted whether the user converted
     */
    public void add(Score score, boolean converted) {
        add(decide(score, DecisionContext.NONE), converted);
    }

    /**
     * Adds the users of a batch, refused rows included.
     *
     * @param scores the scores
     */
    public void add(ScoredBatch scores) {
        DecidedBatch byBefore = before.decide(scores);
        DecidedBatch byAfter = after.decide(scores);
        for (int row = 0; row < scores.rows(); row++) {
            add(new DecisionPair(byBefore.decision(row), byAfter.decision(row), DecisionContext.NONE));
        }
    }

    /**
     * Adds a user on whom both policies have decided.
     *
     * @param decided their decisions
     * @throws IllegalArgumentException if a decision is of another policy
     */
    public void add(DecisionPair decided) {
        add(decided, null);
    }

    /**
     * Adds such a user whose outcome is known.
     *
     * @param decided the decisions of both policies
     * @param converted whether the user converted
     * @throws IllegalArgumentException if a decision is of another policy
     */
    public void add(DecisionPair decided, boolean converted) {
        add(decided, Boolean.valueOf(converted));
    }

    private void add(DecisionPair decided, @Nullable Boolean converted) {
        Decision byBefore = decided.before();
        Decision byAfter = decided.after();
        require(byBefore, before.policy().reference());
        require(byAfter, after.policy().reference());
        int from = Outcome.index(byBefore, before.policy());
        int to = Outcome.index(byAfter, after.policy());
        double probability = probability(byBefore, byAfter);
        moves[from][to]++;
        ofBefore.add(from, probability, decided.context());
        ofAfter.add(to, probability, decided.context());
        if (converted != null) {
            labelled++;
            ofBefore.addLabel(from, converted);
            ofAfter.addLabel(to, converted);
        }
        if (!byBefore.action().equals(byAfter.action())) {
            flipped++;
            flips.accept(new Flip(
                    users, ofBefore.outcomes().get(from), ofAfter.outcomes().get(to), probability));
        }
        users++;
    }

    private static void require(Decision decision, PolicyReference policy) {
        if (!decision.policy().equals(policy)) {
            throw new IllegalArgumentException("a decision by policy " + decision.policy() + " with digest "
                    + decision.policy().digest() + " cannot be counted where one by policy " + policy
                    + " with digest " + policy.digest() + " is expected");
        }
    }

    private static double probability(Decision one, Decision other) {
        Decision known = one instanceof Decision.Banded ? one : other;
        return known instanceof Decision.Banded banded ? banded.score().probability() : Double.NaN;
    }

    /**
     * What the old policy gives these users.
     *
     * @return the volumes so far
     */
    public PolicyVolume before() {
        return ofBefore.volume();
    }

    /**
     * What the new policy gives these users.
     *
     * @return the volumes so far
     */
    public PolicyVolume after() {
        return ofAfter.volume();
    }

    /**
     * Who moves from which outcome to which.
     *
     * @return how many users have which outcome before, by row, and after, by column, in the order of the outcomes of
     *     {@link #before()} and {@link #after()}; a fresh array. The sum of a row is the old volume, that of a column the
     *     new one
     */
    public long[][] matrix() {
        long[][] copy = new long[moves.length][];
        for (int i = 0; i < moves.length; i++) {
            copy[i] = moves[i].clone();
        }
        return copy;
    }

    /**
     * All users that were added.
     *
     * @return how many users
     */
    public long users() {
        return users;
    }

    /**
     * The users whose action changes.
     *
     * @return how many users
     */
    public long flipped() {
        return flipped;
    }

    /**
     * What these numbers do not say.
     *
     * @return whole sentences, for people who decide by the numbers
     */
    public List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("These are volumes: who would get which action. What the change does to conversions cannot be known"
                + " without a log of actions that were drawn at random, such as a control group gives.");
        limits.add(
                "Expected conversions are sums of calibrated probabilities: what these users do under the treatment that"
                        + " was in force when the labels of the model arose, whatever their action here.");
        if (labelled > 0) {
            limits.add(
                    "Observed rates are of users under the treatment that they got then. They show that bands differ, and"
                            + " not what an action does.");
        }
        limits.addAll(contextLimits());
        return List.copyOf(limits);
    }

    /**
     * What of {@link #limits()} is due to contexts: users who came without a previous segment or without a key where a
     * policy looks at it, and segments of one moment.
     *
     * @return whole sentences; none if the contexts are complete, or nothing depends on them
     */
    public List<String> contextLimits() {
        return Stream.of(ofBefore, ofAfter)
                .flatMap(tally -> tally.limits().stream())
                .distinct()
                .toList();
    }
}
