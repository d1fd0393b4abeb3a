package io.conversion.experiments.threshold;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an action does to users at the bound where a banded policy begins to give it, or why that cannot be told.
 *
 * <p>Users just below and just above a bound of a probability are alike in everything but the action: the jump of the outcome
 * at the bound is the effect of the action there (a sharp regression discontinuity), without any exploration. It says
 * nothing of users elsewhere. Immutable and safe to share between threads.
 *
 * @param plan what was asked
 * @param rows how many decisions there were, near or not
 * @param isShare whether all outcomes are 0 or 1, so that the effect is a difference of shares
 * @param below who is near below the bound; null if nothing says how near counts
 * @param above who is near above it; null as below
 * @param density whether users crowd on one side, of all users, whatever decided about them; null if refused before that was tested
 * @param effect the effect; null if it is refused
 * @param refusal why there is no effect; null if there is one
 * @param placebos the jumps at the medians of the users below and above, who all got the same action; fewer where users do not
 *     suffice, and none if the effect is refused
 * @param covariates the jumps of what was known before; none if the effect is refused
 * @param findings what else one has to know
 */
public record ThresholdEffect(
        ThresholdPlan plan,
        long rows,
        boolean isShare,
        @Nullable NearBound below,
        @Nullable NearBound above,
        @Nullable DensityTest density,
        @Nullable LocalEffect effect,
        @Nullable Refusal refusal,
        List<NamedJump> placebos,
        List<NamedJump> covariates,
        List<Finding> findings) {

    /** Copies the lists; there is either an effect or a refusal. {@inheritDoc} */
    public ThresholdEffect {
        placebos = List.copyOf(placebos);
        covariates = List.copyOf(covariates);
        findings = List.copyOf(findings);
        if (effect == null == (refusal == null)) {
            throw new IllegalArgumentException("there must be an effect or a refusal, and not both");
        }
    }

    /**
     * Estimates the effect at a bound, or refuses to.
     *
     * @param plan what is asked
     * @param users the users of a policy, and what became of them
     * @return the effect, or why there is none
     */
    public static ThresholdEffect of(ThresholdPlan plan, ThresholdUsers users) {
        return new ThresholdAnalysis(plan, users).effect();
    }

    /**
     * The answer for people.
     *
     * @param outcome the name of the outcome
     * @return sentences with the effect and its interval, or the reason of the refusal and the remedy
     */
    public String sentence(String outcome) {
        return ThresholdTexts.sentence(this, outcome);
    }

    /**
     * The answer for programs.
     *
     * @return JSON, as {@code conversion-threshold-effect-1.schema.json} describes it
     */
    public String toJson() {
        return ThresholdJson.of(this);
    }

    /**
     * The answers at several bounds for programs.
     *
     * @param answers the answers
     * @return a JSON array of them
     */
    public static String toJson(Collection<ThresholdEffect> answers) {
        return ThresholdJson.of(answers);
    }
}
