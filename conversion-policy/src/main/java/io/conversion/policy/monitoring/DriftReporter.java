package io.conversion.policy.monitoring;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Signal;
import io.conversion.policy.Policy;
import io.conversion.policy.monitoring.DriftRow.Bin;
import io.conversion.policy.monitoring.DriftRow.Subject;
import io.conversion.policy.review.BandShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares a snapshot with the reference distribution of its model. */
final class DriftReporter {

    private final DriftSnapshot snapshot;
    private final MonitoredModel model;
    private final Policy policy;
    private final double falseAlarmRate;

    DriftReporter(DriftSnapshot snapshot, MonitoredModel model, Policy policy) {
        this.snapshot = snapshot;
        this.model = model;
        this.policy = policy;
        this.falseAlarmRate = DriftReport.FALSE_ALARM_RATE
                / Math.max(1, model.schema().declared().size());
    }

    DriftReport report() {
        List<DriftRow> rows = new ArrayList<>();
        Optional<ReferenceDistribution> reference = model.referenceDistribution();
        reference.ifPresent(known -> {
            for (Signal signal : model.schema().declared()) {
                rows.add(row(signal, Objects.requireNonNull(known.signals().get(signal.name()))));
            }
            rows.add(probability(known.probability()));
        });
        BandShares.of(policy, model.referenceDistribution(), model.baseRate())
                .ifPresent(shares -> rows.add(bands(shares)));

        double rate = DriftReport.FALSE_ALARM_RATE
                / (snapshot.bands().size() + snapshot.actions().size());
        List<CalibrationUnderTreatment> byBand = snapshot.bands().stream()
                .map(band -> CalibrationUnderTreatment.of(band.segment(), band.outcomes(), rate))
                .toList();
        List<CalibrationUnderTreatment> byAction = new ArrayList<>();
        snapshot.actions()
                .forEach((action, outcomes) -> byAction.add(CalibrationUnderTreatment.of(action, outcomes, rate)));

        DriftSentences sentences = new DriftSentences();
        if (reference.isEmpty()) {
            sentences.noReference(model);
        }
        rows.forEach(sentences::about);
        if (byBand.stream().allMatch(row -> row.counts().users() == 0)) {
            sentences.noOutcomes(snapshot.followUp().pending());
        }
        byBand.forEach(row -> sentences.about("band", row));
        byAction.forEach(row -> sentences.about("action", row));
        return new DriftReport(
                snapshot.model(),
                snapshot.policy(),
                snapshot.users(),
                rows,
                byBand,
                byAction,
                sentences.alerts(),
                sentences.unanswered());
    }

    private DriftRow row(Signal signal, SignalDistribution reference) {
        SignalDistribution observed = Objects.requireNonNull(snapshot.signals().get(signal.name()));
        long users = observed.total();
        double clipped = users == 0 ? 0 : (double) snapshot.clipped().getOrDefault(signal.name(), 0L) / users;
        return row(
                Subject.SIGNAL,
                signal.name(),
                BinLabels.of(signal, reference),
                Distributions.counts(reference),
                Distributions.counts(observed),
                clipped);
    }

    private DriftRow probability(SignalDistribution.Numbers reference) {
        return row(
                Subject.PROBABILITY,
                "",
                BinLabels.ofProbability(ScoreBins.shifted(reference.edges(), model.baseRate())),
                Distributions.counts(reference),
                Distributions.counts(snapshot.probability()),
                0);
    }

    private DriftRow bands(BandShares shares) {
        int bands = snapshot.bands().size();
        double[] observed =
                snapshot.bands().stream().mapToDouble(BandCounts::users).toArray();
        double[] least = IntStream.range(0, bands).mapToDouble(shares::least).toArray();
        double[] most = IntStream.range(0, bands).mapToDouble(shares::most).toArray();
        return row(
                Subject.BANDS,
                "",
                snapshot.bands().stream().map(BandCounts::segment).toList(),
                LeastDrift.counts(observed, least, most, (double) shares.users()),
                observed,
                0);
    }

    private DriftRow row(
            Subject subject, String name, List<String> labels, double[] reference, double[] observed, double clipped) {
        PopulationStability stability = PopulationStability.of(reference, observed, falseAlarmRate);
        List<Bin> bins = IntStream.range(0, labels.size())
                .mapToObj(i -> new Bin(
                        labels.get(i),
                        share(reference[i], stability.referenceUsers()),
                        share(observed[i], stability.users())))
                .toList();
        return new DriftRow(subject, name, bins, stability, clipped);
    }

    private static double share(double users, double all) {
        return all == 0 ? 0 : users / all;
    }
}
