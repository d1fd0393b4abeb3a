package io.conversion.policy.serving;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalBinding;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.review.PolicyFinding;
import io.conversion.policy.review.PolicyFinding.Severity;
import io.conversion.policy.review.PolicyVerifier;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
    private final List<PolicyFinding> warnings;
    private final Map<Class<?>, SignalBinding<?>> bindings = new ConcurrentHashMap<>();

    /** Of a model and a policy without {@link #misfits}. */
    ServingUnit(ConversionModel model, Policy policy, long revision, List<PolicyFinding> warnings) {
        this.revision = revision;
        this.model = model;
        this.engine = PolicyEngine.of(policy);
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
        List<PolicyFinding> findings = PolicyVerifier.verify(policy, model);
        List<String> misfits = misfits(findings);
        if (!misfits.isEmpty()) {
            throw new IllegalArgumentException(
                    "policy " + policy + " cannot be served with model " + model + ": " + String.join("\n  ", misfits));
        }
        return new ServingUnit(model, policy, 0, findings);
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
                && policy().reference().digest().equals(manifest.policy().digest());
    }

    /** The revision, the model and the policy. */
    @Override
    public String toString() {
        return "revision " + revision + ": model " + model + ", policy " + policy();
    }
}
