package io.conversion.model.signals;

import io.conversion.model.evaluation.RocAuc;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well a signal alone tells converters from others. Immutable and safe to share between threads.
 *
 * @param values the ROC AUC of the values; null if the rows that have a value are all of one outcome
 * @param bins the ROC AUC of the rates of the bins, out of fold; null if no fold holds both outcomes
 * @param isByBins whether the strength is that of the bins rather than that of the values
 * @param informationValue {@code sum((p_k - n_k) * log(p_k / n_k))} over the bins in nats, at least 0, where p_k and
 *     n_k are the shares of the converters and of the others in a bin, after 0.5 is added to each cell; with k bins it
 *     is about {@code (k - 1) (1 / P + 1 / N)} for a signal that tells nothing
 * @param informationValueUnsmoothed the same without adding 0.5; null if a bin lacks an outcome
 * @param lift the largest relative lift: rate of a bin over the rate of all other users (with half a converter and half a
 *     non-converter added), minus 1, of the bins that are above the others by more than noise (two-proportion z test, its
 *     level shared among the bins); 0 if there is none
 * @param relation how the rate runs over the bins
 * @param rankCorrelation Spearman's correlation of bins and their rates, -1 to 1; 0 for levels without an order, and if
 *     all bins have one rate
 * @param edges the distinct deciles of a numeric signal, in ascending order; bins are {@code (a, b]}. Where users have
 *     negative numbers and many have zero, the highest negative number and zero are edges, too, so that no bin holds both
 * @param table the bins that have rows, in order, missing values as the last one
 */
public record PredictiveStrength(
        @Nullable RocAuc values,
        @Nullable RocAuc bins,
        boolean isByBins,
        double informationValue,
        @Nullable Double informationValueUnsmoothed,
        double lift,
        Relation relation,
        double rankCorrelation,
        List<Double> edges,
        List<SignalBin> table) {

    /** Copies the lists. {@inheritDoc} */
    public PredictiveStrength {
        edges = List.copyOf(edges);
        table = List.copyOf(table);
    }

    /**
     * The ROC AUC of the raw values that are not missing; of a categorical signal that of its levels ordered by their
     * rates of conversion on the very same rows, which flatters levels with few rows.
     *
     * @return the area, empty if the rows that have a value are all of one outcome
     */
    public Optional<RocAuc> auc() {
        return Optional.ofNullable(values);
    }

    /**
     * The ROC AUC of the rates of the bins, each user ranked by the rate of its bin among users of other folds; missing
     * values are a bin. The mean over five folds, of which the interval leaves out that they share most of their rates.
     *
     * @return the area, empty if no fold holds both outcomes
     */
    public Optional<RocAuc> aucOfBins() {
        return Optional.ofNullable(bins);
    }

    /**
     * The ROC AUC that verdicts are given by, oriented: that of the bins for a categorical signal, and for another one
     * whose bins rank better than its values by more than the smallest distance from chance, as those of a U-shaped
     * signal do.
     *
     * @return the area, empty if it is not defined
     */
    public Optional<RocAuc> strength() {
        return isByBins ? aucOfBins() : auc().map(RocAuc::oriented);
    }

    /**
     * The information value without smoothing.
     *
     * @return the value in nats, empty if a bin lacks an outcome
     */
    public Optional<Double> unsmoothedInformationValue() {
        return Optional.ofNullable(informationValueUnsmoothed);
    }
}
