package io.conversion.model.signals;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a signal works the same way in all cohorts. Immutable and safe to share between threads.
 *
 * @param attribute what tells the cohort of a user
 * @param cohorts how many cohorts there are
 * @param assessed the cohorts that have enough rows of either outcome and at least two values, in ascending order
 * @param populationStabilityIndex {@code sum((a_k - b_k) * log(a_k / b_k))} over the bins, where a and b are the shares
 *     of the users of the last and the first cohort in a bin, after 0.5 is added to each cell; at least 0, and above
 *     0.25 by custom a large shift. It tells about the users and not about the effect, and decides no verdict
 */
public record Stability(String attribute, int cohorts, List<CohortAuc> assessed, double populationStabilityIndex) {

    /** Copies the list. {@inheritDoc} */
    public Stability {
        assessed = List.copyOf(assessed);
    }

    /**
     * The cohorts in which the signal has the direction that it has in all rows.
     *
     * @return how many of the assessed cohorts
     */
    public int sameDirection() {
        return (int) assessed.stream().filter(cohort -> cohort.auc() > 0.5).count();
    }

    /**
     * The cohort that the effect rests on most.
     *
     * @return the assessed cohort without which the ROC AUC is smallest; empty if none is assessed
     */
    public Optional<CohortAuc> mostInfluential() {
        return assessed.stream().min(Comparator.comparingDouble(CohortAuc::aucWithout));
    }
}
