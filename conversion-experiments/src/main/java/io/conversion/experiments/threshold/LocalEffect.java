package io.conversion.experiments.threshold;

import io.conversion.experiments.statistics.Inference;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What an action does to users at the bound where it begins, in the units of the outcome. Immutable and safe to share
 * between threads.
 *
 * @param estimate the jump of the outcome at the bound, upper less lower action, less its bias
 * @param standardError the standard error of that, in which the bias has its part
 * @param inference its robust bias-corrected interval and p-value
 * @param levelBelow the outcome of users just below the bound
 * @param line the jump between lines, with its bias, as it is often quoted
 * @param lineError the standard error of that
 * @param bandwidth how far from the bound users count for the lines, in the units of the running variable
 * @param biasBandwidth how far they count for the bias
 */
public record LocalEffect(
        double estimate,
        double standardError,
        Inference inference,
        double levelBelow,
        double line,
        double lineError,
        double bandwidth,
        double biasBandwidth) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    static LocalEffect of(Side below, Side above, Bandwidths bandwidths, ErrorKind kind, double alpha) {
        Discontinuity jump = Discontinuity.of(below, above, bandwidths, kind);
        double reach = NORMAL.inverseSurvivalProbability(alpha / 2) * jump.robustError();
        double z = Math.abs(jump.corrected() / jump.robustError());
        return new LocalEffect(
                jump.corrected(),
                jump.robustError(),
                new Inference(jump.corrected() - reach, jump.corrected() + reach, 2 * NORMAL.survivalProbability(z)),
                jump.below(),
                jump.estimate(),
                jump.standardError(),
                bandwidths.h(),
                bandwidths.b());
    }

    boolean isKnown() {
        return standardError > 0 && Double.isFinite(standardError) && Double.isFinite(estimate);
    }
}
