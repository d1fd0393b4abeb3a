package io.conversion.model.lifecycle;

import io.conversion.model.evaluation.Interval;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One day after signup: who is at risk then, and what can be known of who will buy.
 *
 * @param day the day, 0 being signup
 * @param users the users at risk: those without a purchase up to and including the day
 * @param events how many of them buy on the days after it, to the end of the label window
 * @param bought the users who had bought up to and including the day
 * @param signals the names of the signals on the day
 * @param own the figures of the day's model on these users; null if there are too few events
 * @param common what the day compares by; null if there are too few events
 */
public record Horizon(
        int day,
        int users,
        int events,
        int bought,
        List<String> signals,
        @Nullable HorizonFigures own,
        @Nullable Comparison common) {

    /** Copies the signals. {@inheritDoc} */
    public Horizon {
        signals = List.copyOf(signals);
    }

    /**
     * The rate of purchases among the users at risk.
     *
     * @return events over users, 0 to 1
     */
    public double baseRate() {
        return (double) events / users;
    }

    /**
     * The figures of the day's model on its own users. They are not comparable between days, since both the users and
     * the purchases to be foreseen differ.
     *
     * @return the figures, or nothing if there are too few events
     */
    public Optional<HorizonFigures> ownFigures() {
        return Optional.ofNullable(own);
    }

    /**
     * What the day compares by.
     *
     * @return the comparison, or nothing if there are too few events
     */
    public Optional<Comparison> comparison() {
        return Optional.ofNullable(common);
    }

    /**
     * The signals of the day on the users at risk on the last day, whose purchases after the last day are to be
     * foreseen: on the same users and labels on every day.
     *
     * @param figures the figures there, of a model trained on such users with the signals of the day
     * @param difference its skill less that of the last day
     * @param differenceInterval the paired bootstrap interval of the difference
     * @param share its skill over that of the last day; NaN if the latter is not clearly above zero
     * @param shareInterval the paired bootstrap interval of the share; ends are NaN with the share
     * @param ownModelRocAuc area under the ROC curve, on these users, of the model that was trained on all users at risk
     *     on the day: how well the model that one would use on the day ranks those who buy later
     */
    public record Comparison(
            HorizonFigures figures,
            double difference,
            Interval differenceInterval,
            double share,
            Interval shareInterval,
            double ownModelRocAuc) {}
}
