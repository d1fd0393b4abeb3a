package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.review.PolicyFinding.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a valid policy says and can hardly mean: guardrails that never decide or that the model does not know, bands
 * that make no difference, that the model cannot tell apart, or that hold nobody or nearly everybody (at least 80 % of
 * users, where there are several bands).
 *
 * <p>Whether a condition can hold, and whether earlier guardrails hold whenever it does, is decided exactly for numbers,
 * levels, flags and missing signals: against the ranges, whole numbers, levels and rules of the model's schema where a
 * model is given, else against all signals that any schema could allow. Conditions on the evidence and on intervals follow
 * from the signals in ways that are not looked into: a guardrail that is reported to be unreachable or contradictory never
 * decides, and where nothing could be proved, {@link Code#NOT_DECIDED} says so. The work is bounded, also for a policy that
 * was written to take long; beyond it the finding is {@link Code#TOO_MANY_COMBINATIONS}.
 *
 * <p>Pure; safe to use by several threads.
 */
public final class PolicyVerifier {

    private PolicyVerifier() {}

    /**
     * Verifies a policy by itself.
     *
     * @param policy the policy
     * @return the findings, guardrails first; none for a policy without fault
     */
    public static List<PolicyFinding> verify(Policy policy) {
        List<PolicyFinding> findings = new ArrayList<>();
        new GuardrailReview(policy, null, findings::add).run();
        BandReview.alone(policy, findings::add);
        return List.copyOf(findings);
    }

    /**
     * Verifies a policy against a model: its signals, its calibration error on hold-out rows, if its artifact states one,
     * and the probabilities of its training rows, if its artifact has their distribution. That has been counted between
     * twentieths as a rule and before a shift to a declared base rate; a finding on the share of a band is made only where
     * the counts leave no doubt.
     *
     * @param policy the policy
     * @param model the model
     * @return the findings, those on the model first; none for a policy without fault
     */
    public static List<PolicyFinding> verify(Policy policy, ConversionModel model) {
        return verify(policy, model, BandShares.of(policy, model).orElse(null));
    }

    /**
     * Verifies a policy against a model and the probabilities of other users than those of its training.
     *
     * @param policy the policy
     * @param model the model
     * @param users the probabilities that the model gives them, counted between edges. With the lower bounds of the bands
     *     as edges the shares of bands are exact
     * @return the findings, those on the model first; none for a policy without fault
     */
    public static List<PolicyFinding> verify(Policy policy, ConversionModel model, SignalDistribution.Numbers users) {
        return verify(policy, model, BandShares.of(policy.bands(), users, null, "users given"));
    }

    private static List<PolicyFinding> verify(Policy policy, ConversionModel model, @Nullable BandShares shares) {
        List<PolicyFinding> findings = new ArrayList<>();
        if (!policy.model().isMetBy(model.reference())) {
            boolean sameName = policy.model().name().equals(model.name());
            findings.add(new PolicyFinding(
                    Code.OTHER_MODEL,
                    sameName ? "/model/digest" : "/model/name",
                    "policy " + policy + " is tuned for model " + policy.model() + ", and this is model "
                            + Wording.quoted(model.name()) + " with digest "
                            + model.reference().digest() + "; every user gets the fallback"));
        }
        new GuardrailReview(policy, model, findings::add).run();
        BandReview.alone(policy, findings::add);
        BandReview.againstCalibration(policy, model, findings::add);
        if (shares != null) {
            BandReview.againstUsers(policy, shares, findings::add);
        }
        return List.copyOf(findings);
    }
}
