package io.conversion.policy.testkit;

import io.conversion.policy.Arm;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Layer;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every assignment of users to arms keeps, asked of experiments for many keys. */
final class AssignmentLaws {

    private static final int KEYS = 50_000;

    /** A share that is off by so many standard errors is off by more than chance. */
    private static final double MOST_STANDARD_ERRORS = 5;

    private final List<Experiment> experiments;

    AssignmentLaws(List<Experiment> experiments) {
        this.experiments = experiments;
    }

    private static String key(int number) {
        return "user-" + number;
    }

    private static Arm arm(Experiment experiment, String key) {
        return experiment.arm(experiment.draw(key));
    }

    /** Read from its own file, as another process does, an experiment gives each key the same arm. */
    void requireOneArmForEachKey() {
        for (Experiment experiment : experiments) {
            Experiment again = Experiment.fromJson(experiment.toJson());
            for (int i = 0; i < KEYS; i++) {
                String key = key(i);
                require(
                        experiment,
                        "a key has one arm",
                        "key \"" + key + "\"",
                        arm(experiment, key).name(),
                        arm(again, key).name());
            }
        }
    }

    void requireShares() {
        for (Experiment experiment : experiments) {
            Map<String, Integer> users = new LinkedHashMap<>();
            int included = 0;
            for (int i = 0; i < KEYS; i++) {
                String key = key(i);
                included += experiment.layer().includes(experiment.layer().draw(key)) ? 1 : 0;
                users.merge(arm(experiment, key).name(), 1, Integer::sum);
            }
            String rule = "arms and layers have their shares of the users";
            requireShare(experiment, rule, "the layer", experiment.layer().share(), included);
            for (Arm arm : experiment.arms()) {
                requireShare(
                        experiment, rule, "arm \"" + arm.name() + "\"", arm.share(), users.getOrDefault(arm.name(), 0));
            }
        }
    }

    private static void requireShare(Experiment experiment, String rule, String what, double share, int users) {
        double error = Math.sqrt(share * (1 - share) / KEYS);
        if (!(Math.abs((double) users / KEYS - share) <= MOST_STANDARD_ERRORS * error + 1e-12)) {
            throw broken(
                    experiment,
                    rule,
                    what + ": expected a share of " + share + ", found " + users + " of " + KEYS + " users");
        }
    }

    /** Whatever the layer and the moment say, and by the policy of the arm. */
    void requireForcedArms(Policy policy, List<Policy> armPolicies) {
        for (Experiment experiment : experiments) {
            List<Policy> policies = new ArrayList<>(armPolicies);
            policies.add(policy);
            ExperimentEngine engine = ExperimentEngine.of(List.of(experiment), policies, PolicyEngine.of(policy));
            experiment
                    .forced()
                    .forEach((key, arm) -> require(
                            experiment,
                            "a forced key gets its arm",
                            "key \"" + key + "\"",
                            experiment.arm(arm).policy(),
                            engine.policy(DecisionContext.NONE.userKey(key)).reference()));
        }
    }

    void requireExclusion() {
        for (Experiment experiment : experiments) {
            List<Experiment> beside = experiments.stream()
                    .filter(other ->
                            other.layer().name().equals(experiment.layer().name()))
                    .toList();
            String rule = "experiments of one layer exclude each other";
            List<String> overlaps = ExperimentEngine.overlaps(beside);
            if (!overlaps.isEmpty()) {
                throw broken(experiment, rule, String.join("\n  ", overlaps));
            }
            for (int i = 0; i < KEYS; i++) {
                String key = key(i);
                long in = beside.stream()
                        .filter(other -> other.layer().includes(other.layer().draw(key)))
                        .count();
                if (in > 1) {
                    throw broken(experiment, rule, "key \"" + key + "\" is in " + in + " of them");
                }
            }
        }
    }

    /** A larger share of the layer takes in users and moves none; another share of an arm moves those that it must. */
    void requireGrowthMovesOnlyWhomItMust() {
        for (Experiment experiment : experiments) {
            String rule = "growing moves only whom it must";
            Layer layer = experiment.layer();
            Layer grown = new Layer(layer.name(), layer.salt(), layer.from(), 1 - layer.from());
            Arm shrunk = experiment.arms().stream()
                    .max(Comparator.comparingDouble(Arm::share))
                    .orElseThrow();
            Arm rising = experiment.arms().stream()
                    .filter(arm -> !arm.equals(shrunk))
                    .findFirst()
                    .orElseThrow();
            Experiment next = experiment.withShares(
                    experiment.reference().version() + " with other shares", moved(experiment, shrunk, rising));
            for (int i = 0; i < KEYS; i++) {
                String key = key(i);
                if (layer.includes(layer.draw(key)) && !grown.includes(grown.draw(key))) {
                    throw broken(experiment, rule, "key \"" + key + "\" leaves the layer's share when that grows");
                }
                String before = arm(experiment, key).name();
                String after = arm(next, key).name();
                boolean must = before.equals(shrunk.name()) && after.equals(rising.name());
                if (!before.equals(after) && !must) {
                    throw broken(
                            experiment,
                            rule,
                            "key \"" + key + "\" moves from arm \"" + before + "\" to \"" + after
                                    + "\" when half of arm \"" + shrunk.name() + "\" goes to \"" + rising.name()
                                    + "\"");
                }
            }
        }
    }

    private static Map<String, Double> moved(Experiment experiment, Arm shrunk, Arm rising) {
        // Decimals, since shares sum to 1 as people write them.
        BigDecimal half = BigDecimal.valueOf(shrunk.share()).divide(BigDecimal.valueOf(2));
        Map<String, Double> shares = new LinkedHashMap<>();
        experiment.arms().forEach(arm -> shares.put(arm.name(), arm.share()));
        shares.put(shrunk.name(), half.doubleValue());
        shares.put(rising.name(), BigDecimal.valueOf(rising.share()).add(half).doubleValue());
        return shares;
    }

    private static void require(Experiment experiment, String law, String where, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw broken(experiment, law, where + ": expected " + expected + ", found " + found);
        }
    }

    private static AssertionError broken(Experiment experiment, String law, String how) {
        return new AssertionError("experiment " + experiment + " breaks the law \"" + law + "\"\n  " + how);
    }
}
