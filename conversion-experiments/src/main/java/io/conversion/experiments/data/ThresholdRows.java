package io.conversion.experiments.data;

import io.conversion.experiments.threshold.Decider;
import io.conversion.experiments.threshold.ThresholdUsers;
import io.conversion.policy.Decision.Reason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Collects decisions with their outcomes, row by row. For one thread. */
final class ThresholdRows {

    private final List<String> covariates;
    private final DoubleStream.Builder values = DoubleStream.builder();
    private final DoubleStream.Builder outcomes = DoubleStream.builder();
    private final List<DoubleStream.Builder> before;
    private final List<Decider> deciders = new ArrayList<>();
    private final BitSet upper = new BitSet();
    private final Map<String, Integer> unitNumbers = new HashMap<>();
    private final IntStream.Builder units = IntStream.builder();

    ThresholdRows(List<String> covariates) {
        this.covariates = covariates;
        before = covariates.stream().map(name -> DoubleStream.builder()).toList();
    }

    /** What decided for a reason; nothing for a fallback. */
    static Optional<Decider> decider(Reason reason) {
        return switch (reason) {
            case BAND -> Optional.of(Decider.BOUND);
            case HELD_BAND -> Optional.of(Decider.MARGIN);
            case GUARDRAIL -> Optional.of(Decider.GUARDRAIL);
            case CONTROL, EXPLORATION -> Optional.of(Decider.CHANCE);
            case INVALID_SIGNALS,
                    OTHER_MODEL,
                    POLICY_DOES_NOT_FIT,
                    UNDEFINED_PROBABILITY,
                    INSUFFICIENT_EVIDENCE,
                    NO_POLICY -> Optional.empty();
        };
    }

    void add(double value, double outcome, Decider decider, boolean gotUpper, String unit, double[] known) {
        values.add(value);
        outcomes.add(outcome);
        deciders.add(decider);
        upper.set(deciders.size() - 1, gotUpper);
        units.add(unitNumbers.computeIfAbsent(unit, name -> unitNumbers.size()));
        for (int k = 0; k < known.length; k++) {
            before.get(k).add(known[k]);
        }
    }

    /** The users of all rows, where actions are known with who got the upper one; rows of one user each are independent. */
    ThresholdUsers users(boolean actionsAreKnown) {
        double[] running = values.build().toArray();
        ThresholdUsers users =
                ThresholdUsers.of(running, outcomes.build().toArray()).deciders(deciders);
        if (actionsAreKnown) {
            boolean[] actions = new boolean[running.length];
            for (int i = 0; i < actions.length; i++) {
                actions[i] = upper.get(i);
            }
            users = users.upper(actions);
        }
        if (unitNumbers.size() < running.length) {
            users = users.units(units.build().toArray());
        }
        for (int k = 0; k < covariates.size(); k++) {
            users = users.covariate(covariates.get(k), before.get(k).build().toArray());
        }
        return users;
    }
}
