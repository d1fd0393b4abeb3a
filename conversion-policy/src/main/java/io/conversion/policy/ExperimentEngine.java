package io.conversion.policy;

import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.internal.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides on users of an experiment by the policy of their arm, and on all others by another engine. Who is in which arm is a
 * pure function of the key. A user without a key is in no experiment. Immutable and safe to share between threads.
 *
 * <p>One decision has one policy, so one engine runs one layer. Experiments of another layer are about other decisions, which
 * an engine of their own makes.
 */
public final class ExperimentEngine implements PolicyEngine {

    private final List<Experiment> experiments;
    private final List<Running> running;
    private final PolicyEngine otherwise;

    // The ends of the parts of the layer, by experiment.
    private final double[] ends;
    private final boolean takesAll;

    /** An experiment with the engines of its arms, in their order, and what every decision asks of it. */
    private record Running(
            Experiment experiment,
            List<PolicyEngine> engines,
            Layer layer,
            Map<String, String> forced,
            @Nullable Condition eligibility) {

        static Running of(Experiment experiment, Map<String, PolicyEngine> byDigest) {
            return new Running(
                    experiment,
                    experiment.arms().stream()
                            .map(arm -> Objects.requireNonNull(
                                    byDigest.get(arm.policy().digest())))
                            .toList(),
                    experiment.layer(),
                    experiment.forced(),
                    experiment.eligibility().orElse(null));
        }
    }

    private ExperimentEngine(List<Experiment> experiments, Map<String, PolicyEngine> byDigest, PolicyEngine otherwise) {
        this.experiments = experiments;
        this.running = experiments.stream().map(of -> Running.of(of, byDigest)).toList();
        this.otherwise = otherwise;
        this.ends = experiments.stream().mapToDouble(of -> of.layer().end()).toArray();
        this.takesAll = experiments.get(0).layer().share() == 1;
    }

    /**
     * Makes the engine of one experiment; users who are not in it get what its control gives.
     *
     * @param experiment the experiment
     * @param policies the policies of its arms, among others
     * @return the engine
     * @throws IllegalArgumentException if the policy of an arm is not among them with that digest
     */
    public static ExperimentEngine of(Experiment experiment, Collection<Policy> policies) {
        Policy control = policies.stream()
                .filter(policy -> policy.reference()
                        .digest()
                        .equals(experiment.control().policy().digest()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(missing(experiment, experiment.control())));
        return of(List.of(experiment), policies, PolicyEngine.of(control));
    }

    /**
     * Makes the engine of experiments of one layer.
     *
     * @param experiments the experiments; at least one
     * @param policies the policies of their arms, among others
     * @param otherwise decides on users who are in none of them
     * @return the engine
     * @throws IllegalArgumentException with all that is wrong: a policy that is missing, experiments of several layers, or that
     *     take the same users, anything that is drawn by the salt of something else, users who would be in no experiment here
     *     and in one of the other engine
     */
    public static ExperimentEngine of(
            List<Experiment> experiments, Collection<Policy> policies, PolicyEngine otherwise) {
        List<String> problems = new ArrayList<>(overlaps(experiments));
        Map<String, PolicyEngine> byDigest = new LinkedHashMap<>();
        policies.forEach(policy -> byDigest.put(policy.reference().digest(), PolicyEngine.of(policy)));
        for (Experiment experiment : experiments) {
            for (Arm arm : experiment.arms()) {
                if (!byDigest.containsKey(arm.policy().digest())) {
                    problems.add(missing(experiment, arm));
                }
            }
        }
        if (experiments.isEmpty()) {
            problems.add("there is no experiment");
        }
        if (otherwise.runsExperiments()) {
            problems.add(
                    "users who are in no experiment would be in those of another engine, and a decision is recorded as"
                            + " part of one; decide on them by the engine of a policy, and run experiments of one layer together");
        }
        Set<Policy> drawing = new LinkedHashSet<>();
        experiments.forEach(of -> of.arms().stream()
                .map(arm -> byDigest.get(arm.policy().digest()))
                .filter(Objects::nonNull)
                .forEach(engine -> drawing.add(engine.policy())));
        drawing.add(otherwise.policy());
        experiments.forEach(of -> drawing.forEach(policy -> sharedSalts(of, policy, problems)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", problems));
        }
        return new ExperimentEngine(List.copyOf(experiments), byDigest, otherwise);
    }

    /** Draws by one salt are one draw: who is in the control group would be a matter of the arm. */
    private static void sharedSalts(Experiment experiment, Policy policy, List<String> problems) {
        Map<String, String> drawn = new LinkedHashMap<>();
        policy.control().ifPresent(control -> drawn.put("its control group", control.salt()));
        policy.exploration().ifPresent(exploration -> drawn.put("what it explores", exploration.salt()));
        drawn.forEach((what, salt) -> {
            boolean ofLayer = salt.equals(experiment.layer().salt());
            if (ofLayer || salt.equals(experiment.salt())) {
                problems.add("policy " + policy + " draws " + what + " by the salt of "
                        + (ofLayer ? "the layer of " : "") + "experiment " + experiment + "; each draw needs its own");
            }
        });
    }

    private static String missing(Experiment experiment, Arm arm) {
        return "experiment " + experiment + " gives arm " + Wording.quoted(arm.name()) + " policy " + arm.policy()
                + " with digest " + arm.policy().digest() + ", which is not among the policies";
    }

    /**
     * What keeps experiments from running side by side in one layer.
     *
     * @param experiments the experiments
     * @return a sentence for each problem; none if they can
     */
    public static List<String> overlaps(List<Experiment> experiments) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < experiments.size(); i++) {
            for (int j = 0; j < i; j++) {
                Experiment one = experiments.get(j);
                Experiment other = experiments.get(i);
                Layer a = one.layer();
                Layer b = other.layer();
                String both = "experiments " + one + " and " + other;
                if (!a.name().equals(b.name())) {
                    problems.add(both + " are of layers " + Wording.quoted(a.name()) + " and "
                            + Wording.quoted(b.name()) + "; one engine runs one layer");
                } else if (!a.salt().equals(b.salt())) {
                    problems.add(both + " give layer " + Wording.quoted(a.name())
                            + " two salts, and would not exclude each other; a layer has one");
                } else if (a.from() < b.end() && b.from() < a.end()) {
                    problems.add(both + " take the same users of layer " + Wording.quoted(a.name()) + ", from "
                            + Math.max(a.from(), b.from()) + " to " + Math.min(a.end(), b.end())
                            + "; experiments of one layer exclude each other");
                }
                if (one.salt().equals(other.salt())) {
                    problems.add(both + " draw arms by the same salt; each needs its own");
                }
            }
        }
        return problems;
    }

    /** Where a user is, and whose decision it is; -1 for a user who is in no arm. */
    private record Place(Experiment experiment, Standing standing, int arm, PolicyEngine engine) {

        @Nullable
        String armName() {
            return arm < 0 ? null : experiment.arms().get(arm).name();
        }
    }

    private Place place(@Nullable Score score, DecisionContext context) {
        String key = context.keyOrNull();
        DecisionContext.RecordedUnit recorded = context.recordedOrNull();
        if (key == null && recorded == null) {
            return outside(running.get(0), Standing.NO_KEY);
        }
        Place forced = key == null ? null : forced(key);
        if (forced != null) {
            return forced;
        }
        // Where one experiment takes everybody, the layer need not be drawn.
        Running taking = takesAll ? running.get(0) : taking(layerDraw(context));
        if (taking == null) {
            return outside(running.get(0), Standing.OUTSIDE_LAYER);
        }
        Standing standing = standing(taking, score, context);
        if (standing != Standing.DRAWN) {
            return outside(taking, standing);
        }
        double draw = key != null
                ? taking.experiment.draw(key)
                : Draws.of(
                        Long.parseUnsignedLong(Objects.requireNonNull(recorded).unit(), 0, 16, 16));
        return in(taking, Standing.DRAWN, taking.experiment.armIndex(draw));
    }

    private @Nullable Place forced(String key) {
        for (Running of : running) {
            String arm = of.forced.isEmpty() ? null : of.forced.get(key);
            if (arm != null) {
                return in(of, Standing.FORCED, of.experiment.arms().indexOf(of.experiment.arm(arm)));
            }
        }
        return null;
    }

    /** The draw of the key, or the recorded one; NaN if neither is known. */
    private double layerDraw(DecisionContext context) {
        String key = context.keyOrNull();
        DecisionContext.RecordedUnit recorded = context.recordedOrNull();
        return key != null ? running.get(0).layer.draw(key) : recorded == null ? Double.NaN : recorded.layerDraw();
    }

    private @Nullable Running taking(double layerDraw) {
        for (int i = 0; i < ends.length; i++) {
            if (layerDraw >= running.get(i).layer.from() && layerDraw < ends[i]) {
                return running.get(i);
            }
        }
        return null;
    }

    private static Standing standing(Running of, @Nullable Score score, DecisionContext context) {
        Instant moment = context.momentOrNull();
        if (moment != null && (moment.isBefore(of.experiment.start()) || !moment.isBefore(of.experiment.end()))) {
            return Standing.NOT_RUNNING;
        }
        return of.eligibility == null || (score != null && of.eligibility.holds(score))
                ? Standing.DRAWN
                : Standing.NOT_ELIGIBLE;
    }

    private Place outside(Running of, Standing standing) {
        return new Place(of.experiment, standing, -1, otherwise);
    }

    private static Place in(Running of, Standing standing, int arm) {
        return new Place(of.experiment, standing, arm, of.engines.get(arm));
    }

    /**
     * Whether this engine runs an experiment.
     *
     * @param experiment the reference of the experiment
     * @return whether one of its experiments has that digest
     */
    public boolean runs(ExperimentReference experiment) {
        return experiments.stream().anyMatch(of -> of.reference().digest().equals(experiment.digest()));
    }

    /**
     * The experiments.
     *
     * @return the experiments, all of one layer
     */
    public List<Experiment> experiments() {
        return experiments;
    }

    @Override
    public boolean runsExperiments() {
        return true;
    }

    /** The policy of a user whose signals are not known: nobody with an eligibility condition is in an experiment then. */
    @Override
    public Policy policy(DecisionContext context) {
        return place(null, context).engine().policy(context);
    }

    @Override
    public Policy policy(Decision decision) {
        for (Running of : running) {
            for (PolicyEngine engine : of.engines) {
                if (engine.policy().reference().equals(decision.policy())) {
                    return engine.policy();
                }
            }
        }
        return otherwise.policy();
    }

    @Override
    public Decision decide(Score score, DecisionContext context) {
        return place(score, context).engine().decide(score, context);
    }

    @Override
    public Decision decide(Scorer scorer, SignalReading reading, DecisionContext context) {
        if (reading instanceof SignalReading.Refused) {
            return place(null, context).engine().decide(scorer, reading, context);
        }
        return decide(scorer.score(reading.orElseThrow()), context);
    }

    private static @Nullable Score score(Scorer scorer, SignalReading reading) {
        return reading instanceof SignalReading.Refused ? null : scorer.score(reading.orElseThrow());
    }

    @Override
    public Optional<Assignment.Placement> placement(@Nullable Score score, DecisionContext context) {
        Place place = place(score, context);
        return Optional.of(new Assignment.Placement(place.experiment().reference(), place.standing(), place.armName()));
    }

    @Override
    public Optional<Assignment> assignment(Scorer scorer, SignalReading reading, DecisionContext context) {
        Place place = place(score(scorer, reading), context);
        Experiment experiment = place.experiment();
        DecisionContext.RecordedUnit recorded = context.recordedOrNull();
        String unit = context.userKey().map(experiment::unit).orElse(recorded == null ? "" : recorded.unit());
        return Optional.of(new Assignment(
                experiment.reference(),
                place.standing(),
                place.armName(),
                unit,
                layerDraw(context),
                propensities(scorer, reading, context)));
    }

    /**
     * Over the draws of the layer, the arms and what the engines of the arms draw. A forced user, or one without a key, could
     * have got nothing else than what the engine of the place gives.
     */
    @Override
    public Map<String, Double> propensities(Scorer scorer, SignalReading reading, DecisionContext context) {
        Score score = score(scorer, reading);
        Place place = place(score, context);
        if (place.standing() == Standing.NO_KEY || place.standing() == Standing.FORCED) {
            return place.engine().propensities(scorer, reading, context);
        }
        Map<String, Double> mixed = new LinkedHashMap<>();
        double rest = 1;
        for (Running of : running) {
            if (standing(of, score, context) == Standing.DRAWN) {
                double taken = of.layer.share();
                rest -= taken;
                for (int arm = 0; arm < of.engines.size(); arm++) {
                    add(
                            mixed,
                            of.engines.get(arm).propensities(scorer, reading, context),
                            taken * of.experiment.arms().get(arm).share());
                }
            }
        }
        if (rest > 1e-12) {
            add(mixed, otherwise.propensities(scorer, reading, context), rest);
        }
        return mixed;
    }

    private static void add(Map<String, Double> mixed, Map<String, Double> of, double weight) {
        of.forEach((action, probability) -> mixed.merge(action, weight * probability, Double::sum));
    }
}
