package io.conversion.policy.monitoring;

import io.conversion.policy.internal.Wording;
import io.conversion.policy.monitoring.DriftRow.Bin;
import io.conversion.policy.review.ConversionRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a report says in sentences that a team reads. */
final class DriftSentences {

    /** How many bins a sentence names at most, those that moved the most. */
    private static final int MOVES = 2;

    private final List<String> alerts = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();

    void noReference(MonitoredModel model) {
        unanswered.add("model " + model.reference()
                + " has no reference distribution, so nothing can be said of drift; publish it from its training");
    }

    void noOutcomes(long pending) {
        unanswered.add("no outcome is known so far, so nothing can be said of the probabilities; "
                + (pending == 0
                        ? "none is being followed"
                        : Wording.count(pending) + " decisions are followed, and their outcome window has not passed"));
    }

    void about(DriftRow row) {
        PopulationStability stability = row.stability();
        if (stability.hasTooFewUsers()) {
            boolean reference = stability.referenceUsers() < stability.usersNeeded();
            unanswered.add(row.title() + ": "
                    + count(reference ? stability.referenceUsers() : stability.users())
                    + (reference ? " training rows are" : " users so far are") + " too few to compare; at least "
                    + count(stability.usersNeeded()) + " are needed for its " + stability.bins() + " bins");
        } else if (stability.isDrift()) {
            alerts.add(row.title()
                    + String.format(
                            Locale.ROOT,
                            ": PSI %.2f over %s users, alert above %s; ",
                            stability.index(),
                            count(stability.users()),
                            limit(stability.limit()))
                    + moves(row)
                    + (row.clippedShare() > 0 ? "; " + Wording.share(row.clippedShare()) + " were out of range" : ""));
        }
    }

    private static String limit(double limit) {
        return limit == PopulationStability.SMALLEST_LIMIT ? "0.1" : String.format(Locale.ROOT, "%.2f", limit);
    }

    /** The bins that add most to the index. */
    private static String moves(DriftRow row) {
        return row.bins().stream()
                .sorted(Comparator.comparingDouble((Bin bin) -> -Math.abs(bin.share() - bin.referenceShare())))
                .limit(MOVES)
                .filter(bin -> bin.share() != bin.referenceShare())
                .map(bin -> "share of " + named(bin.label()) + (bin.share() > bin.referenceShare() ? " rose" : " fell")
                        + " from " + Wording.share(bin.referenceShare()) + " to " + Wording.share(bin.share()))
                .collect(Collectors.joining(", "));
    }

    private static String named(String label) {
        return BinLabels.isQuoted(label) ? "level " + label : Wording.quoted(label);
    }

    void about(String kind, CalibrationUnderTreatment row) {
        String title = kind + " " + Wording.quoted(row.group());
        CalibrationCounts counts = row.counts();
        if (row.isOff()) {
            ConversionRate observed = row.observed().orElseThrow();
            alerts.add(title
                    + String.format(
                            Locale.ROOT,
                            ": %s of %s users converted under the treatment they got (%s, 95 %% interval %s to %s), "
                                    + "and their probabilities say %s (%s)",
                            Wording.count(counts.conversions()),
                            Wording.count(counts.users()),
                            Wording.share(observed.rate()),
                            Wording.share(observed.lower()),
                            Wording.share(observed.upper()),
                            Wording.sum(counts.expected()),
                            Wording.share(row.expectedRate())));
        } else if (row.hasTooFewUsers() && counts.users() > 0) {
            unanswered.add(title + ": the outcomes of " + Wording.count(counts.users())
                    + " users are too few to judge their probabilities; the variance of their conversions is "
                    + Wording.sum(counts.variance()) + ", and at least "
                    + count(CalibrationUnderTreatment.SMALLEST_VARIANCE) + " is needed");
        }
    }

    private static String count(double users) {
        return Wording.count(Math.round(users));
    }

    List<String> alerts() {
        return alerts;
    }

    List<String> unanswered() {
        return unanswered;
    }
}
