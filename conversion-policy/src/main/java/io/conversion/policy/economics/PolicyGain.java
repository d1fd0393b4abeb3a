package io.conversion.policy.economics;

import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the decisions of a policy gain by declared economics, against doing nothing: whatever decided, a band, a guardrail
 * or the control group, counts by the action that the user gets. A fallback has no probability, and counts nothing. These
 * are expectations by the calibrated probabilities and the declared effects, not measurements. For one thread.
 */
public final class PolicyGain {

    private final Economics economics;

    // How many users of each action have which probability.
    private final Map<String, Map<Double, Long>> users = new LinkedHashMap<>();
    private long withoutProbability;

    private PolicyGain(Economics economics, Policy policy) {
        this.economics = economics;
        for (String action : policy.actions()) {
            economics.find(action);
            users.put(action, new TreeMap<>());
        }
    }

    /**
     * Starts a sum over nobody.
     *
     * @param economics what is assumed
     * @param policy the policy that decides
     * @return the sum
     * @throws IllegalArgumentException if the economics lack an action of the policy
     */
    public static PolicyGain of(Economics economics, Policy policy) {
        return new PolicyGain(economics, policy);
    }

    /**
     * Adds a user.
     *
     * @param decision a decision of the policy
     * @throws IllegalArgumentException if the policy has no such action
     */
    public void add(Decision decision) {
        if (decision instanceof Decision.Banded banded) {
            of(decision.action()).merge(banded.score().probability(), 1L, Long::sum);
        } else {
            withoutProbability++;
        }
    }

    private Map<Double, Long> of(String action) {
        Map<Double, Long> ofAction = users.get(action);
        if (ofAction == null) {
            throw new IllegalArgumentException("the policy has no action " + Wording.quoted(action) + "; it has "
                    + Wording.listed(List.copyOf(users.keySet())));
        }
        return ofAction;
    }

    /**
     * The users who have no probability, because no decision could be made on them.
     *
     * @return how many they are
     */
    public long withoutProbability() {
        return withoutProbability;
    }

    /**
     * The expected gain of each action.
     *
     * @return the sum over its users by action, in the unit of the value and the order of the policy
     */
    public Map<String, Double> byAction() {
        Map<String, Double> gains = new LinkedHashMap<>();
        users.forEach((action, ofAction) -> gains.put(action, gain(economics, action, ofAction)));
        return gains;
    }

    /**
     * The expected gain of all actions.
     *
     * @return the sum over all users, in the unit of the value
     */
    public double total() {
        return total(economics);
    }

    private double total(Economics assumed) {
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        users.forEach((action, ofAction) -> sum.accept(gain(assumed, action, ofAction)));
        return sum.getSum();
    }

    private static double gain(Economics assumed, String action, Map<Double, Long> users) {
        return gain(assumed.find(action), assumed.value(), users);
    }

    private static double gain(ActionEconomics action, double value, Map<Double, Long> users) {
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        users.forEach((probability, count) -> sum.accept(count * action.gain(value, probability)));
        return sum.getSum();
    }

    /**
     * What the same decisions gain if an assumption is wrong: each of the value, and of each action's contact cost,
     * discount and effect, made smaller and larger by a share. An assumption of 0 is left out, and so is one of an action
     * that nobody gets.
     *
     * @param share the share, above 0 and below 1, such as 0.2
     * @return for each assumption first the smaller one, then the larger one
     * @throws IllegalArgumentException if the share is not between 0 and 1
     */
    public List<GainChange> sensitivity(double share) {
        return ChangedAssumption.of(economics, share).stream()
                .filter(changed -> changed.action().isEmpty()
                        || !users.getOrDefault(changed.action(), Map.of()).isEmpty())
                .map(changed -> new GainChange(
                        changed.assumption(), changed.assumed(), changed.changed(), total(changed.economics())))
                .toList();
    }

    /**
     * The least effect, of the kind that was declared and not below 0, by which an action pays on its users: at which its
     * expected gain is not negative. Found by bisection, which suffices since the gain rises with the effect where a
     * conversion is worth more than its discount.
     *
     * @param action the action
     * @return the size of the effect, to nine digits; empty if nobody gets the action, or no effect pays
     * @throws IllegalArgumentException if there are no economics of the action
     */
    public OptionalDouble breakEven(String action) {
        ActionEconomics declared = economics.find(action);
        Map<Double, Long> ofAction = users.getOrDefault(action, Map.of());
        double never = Limit.of(declared.effect()).most();
        if (ofAction.isEmpty() || gainAt(never, declared, ofAction) < 0) {
            return OptionalDouble.empty();
        } else if (gainAt(0, declared, ofAction) >= 0) {
            return OptionalDouble.of(0);
        }
        double low = 0;
        double high = never;
        while (high - low > 1e-9 * high) {
            double middle = (low + high) / 2;
            if (gainAt(middle, declared, ofAction) >= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    private double gainAt(double effect, ActionEconomics declared, Map<Double, Long> users) {
        ActionEconomics changed = new ActionEconomics(
                declared.action(),
                declared.contactCost(),
                declared.discount(),
                ChangedAssumption.withSize(declared.effect(), effect));
        return gain(changed, economics.value(), users);
    }
}
