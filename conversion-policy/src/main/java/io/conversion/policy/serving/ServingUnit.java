package io.conversion.policy.serving;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalBinding;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.review.PolicyFinding;
import io.conversion.policy.review.PolicyFinding.Severity;
import io.conversion.policy.review.PolicyVerifier;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One model and one policy that fit each other, as a host serves them and swaps them: the policy is tuned for the
 * model, each guardrail fits its signals, and {@link PolicyVerifier} finds no error.
 *
 * <p>A request takes one unit and does everything with it, so that its signals, its score and its decision belong
 * together. Bindings of records belong to a unit, too, since the next one may have another schema. Immutable and safe
 * to share between threads.
 */
public final class ServingUnit {

    private final long revision;
    private final ConversionModel model;
    private final PolicyEngine engine;
    private final List<Policy> armPolicies;
    private final List<Experiment> experiments;
    private final List<PolicyFinding> warnings;
    private final Map<Class<?>, SignalBinding<?>> bindings = new ConcurrentHashMap<>();

    /** Of a model and a policy without {@link #misfits}. */
    ServingUnit(
            ConversionModel model,
            Policy policy,
            List<Policy> armPolicies,
            List<Experiment> experiments,
            long revision,
            List<PolicyFinding> warnings) {
        this.revision = revision;
        this.model = model;
        this.armPolicies = List.copyOf(armPolicies);
        this.experiments = List.copyOf(experiments);
        this.engine = engine(policy, armPolicies, experiments);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Makes a unit that comes from no manifest, as a test or a host without reload would: of revision 0.
     *
     * @param model the model
     * @param policy the policy
     * @return the unit
     * @throws IllegalArgumentException if they do not fit; the message lists every misfit
     */
    public static ServingUnit of(ConversionModel model, Policy policy) {
        return of(model, policy, List.of(), List.of());
    }

    /**
     * Makes a unit with experiments that comes from no manifest: of revision 0. The policy decides on everybody who is in none of
     * them.
     *
     * @param model the model
     * @param policy the policy
     * @param armPolicies the policies of arms, beside the policy
     * @param experiments the experiments, of one layer
     * @return the unit
     * @throws IllegalArgumentException if they do not fit; the message lists every misfit
     */
    public static ServingUnit of(
            ConversionModel model, Policy policy, List<Policy> armPolicies, List<Experiment> experiments) {
        List<PolicyFinding> findings = PolicyVerifier.verify(policy, model);
        List<String> misfits = new ArrayList<>(misfits(findings));
        armPolicies.forEach(arm -> misfits.addAll(misfits(PolicyVerifier.verify(arm, model))));
        if (misfits.isEmpty()) {
            misfits.addAll(problems(model, policy, armPolicies, experiments));
        }
        if (!misfits.isEmpty()) {
            throw new IllegalArgumentException(
                    "policy " + policy + " cannot be served with model " + model + ": " + String.join("\n  ", misfits));
        }
        return new ServingUnit(model, policy, armPolicies, experiments, 0, findings);
    }

    private static PolicyEngine engine(Policy policy, List<Policy> armPolicies, List<Experiment> experiments) {
        PolicyEngine otherwise = PolicyEngine.of(policy);
        if (experiments.isEmpty()) {
            return otherwise;
        }
        List<Policy> all = new ArrayList<>(armPolicies);
        all.add(policy);
        return ExperimentEngine.of(experiments, all, otherwise);
    }

    /** What keeps experiments from being served with a model and policies, as sentences. */
    static List<String> problems(
            ConversionModel model, Policy policy, List<Policy> armPolicies, List<Experiment> experiments) {
        List<String> problems = new ArrayList<>();
        experiments.forEach(experiment -> problems.addAll(experiment.misfits(model.schema())));
        try {
            engine(policy, armPolicies, experiments);
        } catch (IllegalArgumentException e) {
            problems.addAll(List.of(String.valueOf(e.getMessage()).split("\n  ", -1)));
        }
        return problems;
    }

    /** The findings for which a model and a policy cannot be served, as sentences. */
    static List<String> misfits(List<PolicyFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(PolicyFinding::sentence)
                .toList();
    }

    /**
     * The revision of the manifest that named this unit.
     *
     * @return the revision, at least 1; 0 for a unit that comes from no manifest
     */
    public long revision() {
        return revision;
    }

    /**
     * The model.
     *
     * @return the model
     */
    public ConversionModel model() {
        return model;
    }

    /**
     * The policy.
     *
     * @return the policy
     */
    public Policy policy() {
        return engine.policy();
    }

    /**
     * The policies of arms, beside the policy.
     *
     * @return the policies; may be empty
     */
    public List<Policy> armPolicies() {
        return armPolicies;
    }

    /**
     * The experiments.
     *
     * @return the experiments, of one layer; may be empty
     */
    public List<Experiment> experiments() {
        return experiments;
    }

    /**
     * The scorer of the model.
     *
     * @return the scorer, always the same one
     */
    public Scorer scorer() {
        return model.scorer();
    }

    /**
     * The engine of the policy.
     *
     * @return the engine, always the same one
     */
    public PolicyEngine engine() {
        return engine;
    }

    /**
     * What {@link PolicyVerifier} found, none of it an error.
     *
     * @return warnings and information; may be empty
     */
    public List<PolicyFinding> warnings() {
        return warnings;
    }

    /**
     * The binding of a record type to the signals of the model, made when it is first asked for.
     *
     * @param type the record type
     * @param lookup {@link java.lang.invoke.MethodHandles#lookup()}, as called where the record's accessors are
     *     accessible
     * @param <R> the record type
     * @return the binding, always the same one for a type
     * @throws IllegalArgumentException if the record does not fit the schema; the message lists every problem
     */
    public <R extends Record> SignalBinding<R> binding(Class<R> type, Lookup lookup) {
        SignalBinding<?> binding = bindings.get(type);
        if (binding == null) {
            binding = bindings.computeIfAbsent(type, key -> SignalBinding.of(type, model.schema(), lookup));
        }
        @SuppressWarnings("unchecked") // each type is put with a binding of its own
        SignalBinding<R> ofType = (SignalBinding<R>) binding;
        return ofType;
    }

    /** Whether a manifest names this very unit. */
    boolean isNamedBy(ServingManifest manifest) {
        return revision == manifest.revision()
                && model.reference().digest().equals(manifest.model().digest())
                && policy().reference().digest().equals(manifest.policy().digest())
                && digests(armPolicies, policy -> policy.reference().digest()).equals(named(manifest.armPolicies()))
                && digests(experiments, of -> of.reference().digest()).equals(named(manifest.experiments()));
    }

    private static <T> Set<String> digests(List<T> artifacts, Function<T, String> digest) {
        return artifacts.stream().map(digest).collect(Collectors.toSet());
    }

    private static Set<String> named(List<ServingManifest.Artifact> artifacts) {
        return artifacts.stream().map(ServingManifest.Artifact::digest).collect(Collectors.toSet());
    }

    /** The revision, the model and the policy. */
    @Override
    public String toString() {
        return "revision " + revision + ": model " + model + ", policy " + policy();
    }
}
