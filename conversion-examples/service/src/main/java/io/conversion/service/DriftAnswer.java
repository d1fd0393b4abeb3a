package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.policy.monitoring.CalibrationUnderTreatment;
import io.conversion.policy.monitoring.DriftReport;
import io.conversion.policy.monitoring.DriftRow;
import io.conversion.policy.serving.ServingUnit;
import io.conversion.spring.DriftMonitors.Monitored;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The reports on what is served and was served before.
 *
 * @param units each unit that is kept, the one that is served first
 * @param pendingLost how many decisions were pending with units that are kept no more
 */
record DriftAnswer(
        List<UnitDrift> units, @JsonProperty("pending_lost") long pendingLost) {

    static DriftAnswer of(List<Monitored> units, long pendingLost) {
        return new DriftAnswer(units.stream().map(UnitDrift::of).toList(), pendingLost);
    }

    /**
     * The report on one model and policy.
     *
     * @param revision the revision that they were served as
     * @param model the model that scored
     * @param policy the policy that decided
     * @param users how many users had their signals accepted
     * @param alerts what has drifted or is off, in whole sentences
     * @param unanswered what cannot be said so far, and why
     * @param rows each signal, then the probability and the bands
     * @param byBand what came of the users of each band
     * @param byAction what came of the users of each action
     */
    record UnitDrift(
            long revision,
            ArtifactReference model,
            ArtifactReference policy,
            long users,
            List<String> alerts,
            List<String> unanswered,
            List<Row> rows,
            @JsonProperty("by_band") List<Group> byBand,
            @JsonProperty("by_action") List<Group> byAction) {

        static UnitDrift of(Monitored monitored) {
            DriftReport report = monitored.monitor().report();
            return new UnitDrift(
                    monitored.unit().revision(),
                    ArtifactReference.of(report.model()),
                    ArtifactReference.of(report.policy()),
                    report.users(),
                    report.alerts(),
                    report.unanswered(),
                    report.rows().stream()
                            .filter(row -> !isHidden(row, monitored.unit()))
                            .map(Row::of)
                            .toList(),
                    report.byBand().stream().map(Group::of).toList(),
                    report.byAction().stream().map(Group::of).toList());
        }
    }

    private static boolean isHidden(DriftRow row, ServingUnit unit) {
        return unit.model().schema().declared().stream()
                .anyMatch(signal ->
                        signal.name().equals(row.name()) && signal.reasons().hidden());
    }

    /** How far one signal, the probability or the bands have moved: a stability index, the limit for drift, the bins. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String subject,
            @Nullable String signal,
            double index,
            double limit,
            boolean drift,
            @JsonProperty("clipped_share") double clippedShare,
            List<Bin> bins) {

        static Row of(DriftRow row) {
            return new Row(
                    row.subject().name().toLowerCase(Locale.ROOT),
                    row.name().isEmpty() ? null : row.name(),
                    row.stability().index(),
                    row.stability().limit(),
                    row.stability().isDrift(),
                    row.clippedShare(),
                    row.bins().stream().map(Bin::of).toList());
        }
    }

    /** The share of one bin in the training and now. */
    record Bin(
            String label, @JsonProperty("reference_share") double referenceShare, double share) {

        static Bin of(DriftRow.Bin bin) {
            return new Bin(bin.label(), bin.referenceShare(), bin.share());
        }
    }

    /** Conversions of a band or an action as they were expected and as they came. */
    record Group(String group, long users, double expected, long conversions, double z, boolean off) {

        static Group of(CalibrationUnderTreatment group) {
            return new Group(
                    group.group(),
                    group.counts().users(),
                    group.counts().expected(),
                    group.counts().conversions(),
                    group.z(),
                    group.isOff());
        }
    }
}
