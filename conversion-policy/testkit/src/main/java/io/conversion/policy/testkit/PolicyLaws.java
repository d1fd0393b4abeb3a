package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Band;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * The laws that every policy keeps, as properties of jqwik that a test class inherits:
 *
 * <pre>{@code
 * class TrialPolicyTest extends PolicyLaws {
 *     @Override
 *     protected Policy policy() throws IOException {
 *         return Policy.load(Path.of("policy.json"));
 *     }
 * }
 * }</pre>
 *
 * <p>Where {@link #model()} gives a model, users are drawn from its schema; otherwise they have chosen probabilities and
 * the signals of the guardrails, see {@link ChosenScores}. A host that decides through code of its own around the engine
 * has that checked by overriding {@link #decide}, and one that runs experiments their assignment by {@link #experiments()}. What breaks a law is named with the policy, the probability in all its
 * digits, and the answers expected and found.
 */
public abstract class PolicyLaws {

    private @Nullable LawSubject subject;

    /** For subclasses. */
    protected PolicyLaws() {}

    /**
     * The policy to test.
     *
     * @return the policy, the same one on each call
     * @throws IOException if its file cannot be read
     */
    protected abstract Policy policy() throws IOException;

    /**
     * The model whose scores the policy decides on.
     *
     * @return the model; empty, unless it is overridden, to test the policy without one
     * @throws IOException if its file cannot be read
     */
    protected Optional<ConversionModel> model() throws IOException {
        return Optional.empty();
    }

    /**
     * The experiments that the policy is served with, whose assignment of users is to be tested.
     *
     * @return the experiments, of any layers; none, unless it is overridden
     * @throws IOException if a file cannot be read
     */
    protected List<Experiment> experiments() throws IOException {
        return List.of();
    }

    /**
     * The policies of the arms of the {@link #experiments()}, beside the policy.
     *
     * @return the policies; none, unless it is overridden
     * @throws IOException if a file cannot be read
     */
    protected List<Policy> armPolicies() throws IOException {
        return List.of();
    }

    /**
     * Decides on one score. To be overridden by a host that does more than to ask the engine.
     *
     * @param engine the engine of the policy
     * @param score the score
     * @param context what else is known of the user
     * @return the decision of the engine, unless it is overridden
     */
    protected Decision decide(PolicyEngine engine, Score score, DecisionContext context) {
        return engine.decide(score, context);
    }

    /**
     * The policy that is tested is one: each call gives the same.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void policyIsTheSameOnEachCall() throws IOException {
        LawSubject law = subject();
        law.require(
                "each call of policy() gives the same one",
                "its digest",
                law.policy().reference().digest(),
                policy().reference().digest());
    }

    /**
     * The policy is tuned for the model, and its guardrails fit the model's signals; without a model, they are not taken
     * for different kinds of signals.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void policyFitsItsModel() throws IOException {
        LawSubject law = subject();
        String rule = "the policy fits its model";
        if (!law.engine().policy().model().isMetBy(law.model().reference())) {
            throw law.broken(rule, "it is tuned for model " + law.policy().model() + ", not for " + law.model());
        }
        law.require(
                rule,
                "what does not fit",
                List.of(),
                law.policy().misfits(law.model().schema()));
    }

    /**
     * What is written and read again is the same policy.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void writtenAndReadItIsTheSamePolicy() throws IOException {
        LawSubject law = subject();
        Policy read = Policy.fromJson(law.policy().toJson());
        String rule = "written and read it is the same policy";
        law.require(
                rule,
                "its digest",
                law.policy().reference().digest(),
                read.reference().digest());
        law.require(rule, "its bands", law.policy().bands(), read.bands());
        law.require(rule, "its guardrails", law.policy().guardrails(), read.guardrails());
    }

    /**
     * Every number from 0 to 1 has exactly one band, and no other number has any.
     *
     * @param number any double, edges more often
     * @throws IOException if a file cannot be read
     */
    @Property
    public void everyProbabilityHasOneBandAndNothingElseHasAny(@ForAll("numbers") double number) throws IOException {
        LawSubject law = subject();
        law.require(
                "every probability has exactly one band, and nothing else has any",
                LawSubject.at(number),
                law.text(DocumentedDecision.plainBand(law.policy(), number)),
                law.text(law.policy().bandOf(number)));
    }

    /**
     * A threshold belongs to the upper band, the double below it to the lower one; so for decisions, too, whose
     * probabilities are the ones nearest to the threshold that a score can have.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void thresholdBelongsToTheUpperBand() throws IOException {
        LawSubject law = subject();
        String rule = "a threshold belongs to the upper band";
        List<Band> bands = law.policy().bands();
        for (int i = 0; i < bands.size(); i++) {
            Band upper = bands.get(i);
            requireBand(rule, upper.from(), upper);
            requireDecidedIn(rule, law.scores().atLeast(upper.from()));
            if (i > 0) {
                requireBand(rule, Math.nextDown(upper.from()), bands.get(i - 1));
                requireDecidedIn(rule, law.scores().below(upper.from()));
            }
        }
    }

    private void requireBand(String rule, double number, Band expected) throws IOException {
        LawSubject law = subject();
        law.require(
                rule,
                LawSubject.at(number),
                law.text(Optional.of(expected)),
                law.text(law.policy().bandOf(number)));
    }

    private void requireDecidedIn(String rule, Score score) throws IOException {
        LawSubject law = subject();
        Decision decision = decide(law.scores().engine(), score, DecisionContext.NONE);
        if (decision instanceof Banded banded) {
            law.require(
                    rule,
                    LawSubject.at(score.probability()),
                    law.text(DocumentedDecision.plainBand(law.policy(), score.probability())),
                    law.text(Optional.of(banded.band())));
        } else {
            law.require(rule, LawSubject.at(score.probability()), "a band", DocumentedDecision.of(decision));
        }
    }

    /**
     * Of two probabilities the higher one has no lower band.
     *
     * @param one a double
     * @param other another one
     * @throws IOException if a file cannot be read
     */
    @Property
    public void higherProbabilityHasNoLowerBand(@ForAll("numbers") double one, @ForAll("numbers") double other)
            throws IOException {
        LawSubject law = subject();
        Optional<Band> lower = law.policy().bandOf(Math.min(one, other));
        Optional<Band> upper = law.policy().bandOf(Math.max(one, other));
        if (lower.isPresent()
                && upper.isPresent()
                && lower.get().from() > upper.get().from()) {
            throw law.broken(
                    "a higher probability has no lower band",
                    LawSubject.at(Math.min(one, other)) + " is in " + law.text(lower) + " and "
                            + LawSubject.at(Math.max(one, other)) + " in " + law.text(upper));
        }
    }

    /**
     * The same score gives the same decision, of this engine and of another one of the same policy.
     *
     * @param user the user
     * @throws IOException if a file cannot be read
     */
    @Property
    public void decisionIsPure(@ForAll("users") ScoredUser user) throws IOException {
        LawSubject law = subject();
        Decision first = decide(law.engine(), user.score(), user.context());
        Decision again = decide(law.engine(), user.score(), user.context());
        PolicyEngine other = PolicyEngine.of(CopyOfPolicy.ofAnyDigest(policy()));
        Decision elsewhere = decide(other, user.score(), user.context());
        String rule = "the same score gives the same decision";
        law.require(rule, user.toString(), DocumentedDecision.of(first), DocumentedDecision.of(again));
        law.require(rule, user.toString(), DocumentedDecision.of(first), DocumentedDecision.of(elsewhere));
        law.require(rule, user.toString(), first.details(), again.details());
    }

    /**
     * Every decision is the documented one: a fallback, the first guardrail whose condition holds, a fallback for want of
     * evidence, the control action, an alternative that is drawn, or the band, in this order.
     *
     * @param user the user
     * @throws IOException if a file cannot be read
     */
    @Property
    public void decisionFollowsTheDocumentedOrder(@ForAll("users") ScoredUser user) throws IOException {
        LawSubject law = subject();
        law.require(
                "fallback, guardrail, evidence, control group, exploration and band decide in this order",
                user.toString(),
                DocumentedDecision.of(law.engine().policy(), user.score(), user.context()),
                DocumentedDecision.of(decide(law.engine(), user.score(), user.context())));
    }

    /**
     * A decision that a guardrail overrides is that of the first one whose condition holds, with its action; one that
     * none overrides has none whose condition holds.
     *
     * @param user the user
     * @throws IOException if a file cannot be read
     */
    @Property
    public void firstGuardrailThatHoldsDecides(@ForAll("users") ScoredUser user) throws IOException {
        LawSubject law = subject();
        Decision decision = decide(law.engine(), user.score(), user.context());
        if (!(decision instanceof Banded) && decision.reason() != Reason.INSUFFICIENT_EVIDENCE) {
            return;
        }
        Optional<Guardrail> first = law.policy().guardrails().stream()
                .filter(guardrail -> guardrail.condition().holds(user.score()))
                .findFirst();
        Optional<Guardrail> found =
                decision instanceof Overridden overridden ? Optional.of(overridden.guardrail()) : Optional.empty();
        String rule = "the first guardrail whose condition holds decides";
        law.require(rule, user.toString(), LawSubject.guardrail(first), LawSubject.guardrail(found));
        if (first.isPresent()) {
            law.require(rule, user.toString(), "action " + first.get().action(), "action " + decision.action());
        }
    }

    /**
     * A user stays in the band of the decision before until the probability leaves it by the margin, and then is in the
     * plain band; without a margin, the band before has no part in it.
     *
     * @param user the user
     * @throws IOException if a file cannot be read
     */
    @Property
    public void bandIsLeftByTheMarginOnly(@ForAll("users") ScoredUser user) throws IOException {
        LawSubject law = subject();
        Policy policy = law.policy();
        double probability = user.score().probability();
        for (Band previous : policy.bands()) {
            DecisionContext context = DecisionContext.NONE.previousSegment(previous.segment());
            if (decide(law.engine(), user.score(), context) instanceof Banded banded) {
                Optional<Band> plain = DocumentedDecision.plainBand(policy, probability);
                Optional<Band> held = DocumentedDecision.heldBand(policy, probability, context);
                law.require(
                        "a band is left by the margin of " + policy.margin() + " only",
                        LawSubject.at(probability) + " after segment \"" + previous.segment() + "\"",
                        law.text(held.or(() -> plain)),
                        law.text(Optional.of(banded.band())));
            }
        }
    }

    /**
     * A fallback is never a decision: refused signals, another model or too little evidence have the policy's fallback
     * action, no segment, and a reason; and everything else has a segment.
     *
     * @param request the values of a user, some of them refused
     * @throws IOException if a file cannot be read
     */
    @Property
    public void fallbackIsNeverADecision(@ForAll("requests") Map<String, Object> request) throws IOException {
        LawSubject law = subject();
        SignalReading reading = law.model().schema().read(request);
        Decision decision = law.engine().decide(law.model().scorer(), reading);
        String rule = "a fallback is never a decision";
        String where = "request " + request;
        boolean fellBack = decision instanceof Fallback;
        law.require(rule, where, decision.reason().isFallback(), fellBack);
        law.require(rule, where, fellBack, decision.segment().isEmpty());
        if (reading instanceof SignalReading.Refused) {
            law.require(rule, where, Reason.INVALID_SIGNALS, decision.reason());
        }
        if (fellBack) {
            law.require(rule, where, law.policy().fallbackAction(), decision.action());
            law.require(rule, where, "another action", decision.orElse("another action"));
        } else {
            law.require(rule, where, decision.action(), decision.orElse("another action"));
        }
        if (decision.details().isEmpty()) {
            throw law.broken(rule, where + " has no reason in words");
        }
    }

    /**
     * A score of another model is answered with a fallback.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void scoreOfAnotherModelFallsBack() throws IOException {
        LawSubject law = subject();
        String other = "not " + law.policy().model().name();
        Score score = ChosenScores.of(CopyOfPolicy.ofModel(law.policy(), other)).score(0.5);
        law.require(
                "a score of another model falls back",
                "model \"" + other + "\"",
                Reason.OTHER_MODEL,
                decide(law.engine(), score, DecisionContext.NONE).reason());
    }

    /**
     * Users are decided alike alone and in a batch.
     *
     * @param requests the values of users, some of them refused
     * @throws IOException if a file cannot be read
     */
    @Property(tries = 100)
    public void batchDecidesAsOneByOne(@ForAll("columns") List<Map<String, Object>> requests) throws IOException {
        LawSubject law = subject();
        BatchOfRequests.requireSameDecisions(law, requests);
    }

    /**
     * The probabilities of the actions that a user could have got sum to 1, that of the action is the one that the decision
     * tells, and nothing is drawn against a guardrail or for a fallback.
     *
     * @param user the user
     * @throws IOException if a file cannot be read
     */
    @Property
    public void propensitiesAreThoseOfWhatIsDrawn(@ForAll("users") ScoredUser user) throws IOException {
        LawSubject law = subject();
        Decision decision = decide(law.engine(), user.score(), user.context());
        Map<String, Double> propensities = law.engine()
                .propensities(
                        law.model().scorer(),
                        new SignalReading.Accepted(user.score().signals()),
                        user.context());
        String rule = "propensities are those of what is drawn";
        double sum =
                propensities.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= 1e-12)) {
            throw law.broken(rule, user + ": " + propensities + " sum to " + sum);
        }
        law.require(rule, user.toString(), propensities.getOrDefault(decision.action(), 0.0), decision.propensity());
        if (decision instanceof Overridden || decision instanceof Fallback) {
            law.require(rule, user.toString(), Map.of(decision.action(), 1.0), propensities);
        }
    }

    /**
     * A key has the same arm in each process that reads the file of an experiment.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void keyHasOneArm() throws IOException {
        new AssignmentLaws(experiments()).requireOneArmForEachKey();
    }

    /**
     * Arms have their shares of the users of an experiment, and the experiment that of its layer, to within chance.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void armsHaveTheirShares() throws IOException {
        new AssignmentLaws(experiments()).requireShares();
    }

    /**
     * A key that the file of an experiment forces into an arm gets the policy of that arm.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void forcedKeyGetsItsArm() throws IOException {
        new AssignmentLaws(experiments()).requireForcedArms(policy(), armPolicies());
    }

    /**
     * Experiments of one layer have no user in common.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void experimentsOfOneLayerExcludeEachOther() throws IOException {
        new AssignmentLaws(experiments()).requireExclusion();
    }

    /**
     * A share of the layer that grows, or an arm that takes some of another one's share, moves no user but those.
     *
     * @throws IOException if a file cannot be read
     */
    @Example
    public void growingMovesOnlyWhomItMust() throws IOException {
        new AssignmentLaws(experiments()).requireGrowthMovesOnlyWhomItMust();
    }

    private LawSubject subject() throws IOException {
        LawSubject made = subject;
        if (made == null) {
            made = LawSubject.of(policy(), model());
            subject = made;
        }
        return made;
    }

    @Provide
    Arbitrary<Double> numbers() throws IOException {
        return PolicyArbitraries.numbers(subject().policy());
    }

    @Provide
    Arbitrary<ScoredUser> users() throws IOException {
        return ScoredUser.of(subject());
    }

    @Provide
    Arbitrary<Map<String, Object>> requests() throws IOException {
        return PolicyArbitraries.requests(subject().model().schema(), subject().policy());
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> columns() throws IOException {
        return SignalValues.typed(subject().model().schema(), subject().policy().guardrails())
                .asMap()
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
