package io.conversion.policy.monitoring;

import static io.conversion.policy.monitoring.Monitored.START;
import static io.conversion.policy.monitoring.Monitored.decide;
import static io.conversion.policy.monitoring.Monitored.plainUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.policy.Policy;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import io.conversion.policy.monitoring.DriftRow.Bin;
import io.conversion.policy.monitoring.DriftRow.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftReportTest {

    private static final Policy POLICY = Monitored.POLICY;

    /** Of 20,000 training users 5 % had no session, 45 % one, and nothing else told them apart. */
    private static final ConversionModel MODEL = Monitored.builder()
            .referenceDistribution(ReferenceDistribution.of(
                    Map.of(
                            "hours", new Numbers(List.of(1.0, 2.5), List.of(0L, 20_000L, 0L), 0),
                            "sessions", new Numbers(List.of(1.0, 2.0), List.of(1_000L, 9_000L, 10_000L), 0),
                            "plan", new Levels(Map.of("month", 20_000L, "year", 0L, "decade", 0L), 0, 0),
                            "weekend", new Flags(20_000, 0, 0)),
                    new Numbers(List.of(0.1, 0.5), List.of(0L, 20_000L, 0L), 0)))
            .build();

    @Test
    void driftOfASignalIsSaidInASentence() {
        DriftMonitor monitor = monitor(MODEL, 2_520, 4_200, 5_280);

        DriftReport report = monitor.report();

        assertThat(report.alerts())
                .containsExactly("signal \"sessions\": PSI 0.26 over 12,000 users, alert above 0.1; "
                        + "share of \"0\" rose from 5.0 % to 21.0 %, share of \"1\" fell from 45.0 % to 35.0 %");
        assertThat(report.users()).isEqualTo(12_000);
        assertThat(report.rows())
                .extracting(DriftRow::subject)
                .containsExactly(
                        Subject.SIGNAL,
                        Subject.SIGNAL,
                        Subject.SIGNAL,
                        Subject.SIGNAL,
                        Subject.PROBABILITY,
                        Subject.BANDS);
        assertThat(row(report, "sessions").bins())
                .containsExactly(
                        new Bin("0", 0.05, 0.21),
                        new Bin("1", 0.45, 0.35),
                        new Bin("from 2 on", 0.5, 0.44),
                        new Bin("missing", 0, 0));
        assertThat(row(report, "hours").bins())
                .extracting(Bin::label)
                .containsExactly("below 1", "1 to below 2.5", "from 2.5 on", "missing");
        assertThat(row(report, "plan").bins())
                .extracting(Bin::label)
                .containsExactly("month", "year", "decade", "unseen", "missing");
        assertThat(row(report, "weekend").bins()).extracting(Bin::label).containsExactly("false", "true", "missing");
    }

    @Test
    void valuesThatWereClippedAreSaidBesideTheDriftThatTheyMake() {
        DriftMonitor monitor = monitor(MODEL, 50, 450, 100);
        for (int i = 0; i < 400; i++) {
            monitor.decided(decide(MODEL, POLICY, plainUser("sessions", 99, "hours", 9), "", null), 0);
        }

        assertThat(monitor.report().alerts())
                .anyMatch(alert -> alert.startsWith("signal \"hours\": PSI ")
                        && alert.endsWith("share of \"1 to below 2.5\" fell from 100.0 % to 60.0 %, "
                                + "share of \"from 2.5 on\" rose from 0.0 % to 40.0 %"));
        assertThat(row(monitor.report(), "sessions").clippedShare()).isEqualTo(0.4);
    }

    @Test
    void fewUsersGetNoVerdictButTheNumberThatIsNeeded() {
        DriftReport report = monitor(MODEL, 199, 0, 0).report();

        assertThat(report.alerts()).isEmpty();
        assertThat(report.unanswered())
                .contains("signal \"sessions\": 199 users so far are too few to compare; "
                        + "at least 200 are needed for its 3 bins")
                .contains("no outcome is known so far, so nothing can be said of the probabilities; "
                        + "none is being followed");
    }

    @Test
    void modelWithoutReferenceSaysSoAndIsComparedInNothing() {
        DriftReport report = monitor(Monitored.BARE, 500, 0, 0).report();

        assertThat(report.rows()).isEmpty();
        assertThat(report.unanswered())
                .first()
                .asString()
                .startsWith("model \"trial\" 1 (sha256:")
                .endsWith(") has no reference distribution, so nothing can be said of drift; "
                        + "publish it from its training");
    }

    @Test
    void usersLikeThoseOfTheTrainingRaiseNoAlertAndOthersDo() {
        DriftMonitor same = DriftMonitor.of(Monitored.MODEL, POLICY, DriftOptions.defaults());
        DriftMonitor shifted = DriftMonitor.of(Monitored.MODEL, POLICY, DriftOptions.defaults());
        Random random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> user = Monitored.user(random);
            same.decided(decide(user, "", null), 0);
            user.computeIfPresent("sessions", (name, value) -> Math.max(0, ((Double) value) - 6));
            shifted.decided(decide(user, "", null), 0);
        }

        assertThat(same.report().alerts()).isEmpty();
        assertThat(shifted.report().alerts())
                .anyMatch(alert -> alert.startsWith("signal \"sessions\": PSI "))
                .anyMatch(alert -> alert.startsWith("the probability: PSI "))
                .noneMatch(alert -> alert.startsWith("signal \"hours\""));
    }

    /** The bin from 0.1 to 0.5 has a bound within, so any split of its users between two bands is possible. */
    @Test
    void bandsAreComparedWithTheNearestSharesThatTheReferenceAllows() {
        DriftReport report = monitor(MODEL, 6_000, 0, 0).report();

        DriftRow bands = report.rows().get(5);
        assertThat(bands.bins())
                .extracting(Bin::label, Bin::share)
                .containsExactly(tuple("low", 1.0), tuple("medium", 0.0), tuple("high", 0.0));
        assertThat(bands.bins().get(0).referenceShare()).isCloseTo(1, within(1e-3));
        assertThat(bands.stability().isDrift()).isFalse();
    }

    @Test
    void probabilitiesThatPromiseTooMuchAreSaidForTheBandAndTheAction() {
        DriftMonitor monitor = DriftMonitor.of(
                MODEL, POLICY, DriftOptions.defaults().outcomesWithin(Duration.ofDays(7), Unreported.NOT_CONVERTED));
        for (int i = 0; i < 2_000; i++) {
            monitor.decided(decide(MODEL, POLICY, plainUser(), "request " + i, START), 0);
        }

        assertThat(monitor.report().unanswered())
                .contains("no outcome is known so far, so nothing can be said of the probabilities; "
                        + "2,000 decisions are followed, and their outcome window has not passed");
        monitor.settle(START.plus(Duration.ofDays(9)));

        // The log-odds are -0.9: 1 / (1 + exp(0.9)) = 0.2890505.
        String off = ": 0 of 2,000 users converted under the treatment they got (0.0 %, 95 % interval 0.0 % to 0.2 %), "
                + "and their probabilities say 578.1 (28.9 %)";
        assertThat(monitor.report().alerts()).contains("band \"low\"" + off, "action \"wait\"" + off);
    }

    @Test
    void fewOutcomesGetNoVerdict() {
        DriftMonitor monitor = DriftMonitor.of(
                MODEL, POLICY, DriftOptions.defaults().outcomesWithin(Duration.ofDays(7), Unreported.NOT_CONVERTED));
        monitor.decided(decide(MODEL, POLICY, plainUser(), "a", START), 0);
        monitor.settle(START.plus(Duration.ofDays(9)));

        assertThat(monitor.report().alerts()).isEmpty();
        assertThat(monitor.report().unanswered())
                .contains("band \"low\": the outcomes of 1 users are too few to judge their probabilities; "
                        + "the variance of their conversions is 0.2, and at least 25 is needed");
    }

    @Test
    void snapshotsOfOtherModelsAndPoliciesAreRefusedWithBothDigests() {
        DriftSnapshot snapshot = DriftSnapshot.empty(MODEL, POLICY);
        String ours = MODEL.reference().digest();
        String other = Monitored.BARE.reference().digest();

        assertThatThrownBy(() -> DriftReport.of(snapshot, Monitored.BARE, POLICY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a snapshot of model " + other + " and one of model " + ours
                        + " do not add up; sum those of each model by themselves");
        assertThatThrownBy(() -> snapshot.plus(
                        DriftSnapshot.empty(MODEL, POLICY.toBuilder("2").build())))
                .hasMessageStartingWith("a snapshot of policy sha256:");
    }

    private static DriftMonitor monitor(ConversionModel model, int noSession, int oneSession, int tenSessions) {
        DriftMonitor monitor = DriftMonitor.of(model, POLICY, DriftOptions.defaults());
        decided(monitor, model, 0, noSession);
        decided(monitor, model, 1, oneSession);
        decided(monitor, model, 10, tenSessions);
        return monitor;
    }

    private static void decided(DriftMonitor monitor, ConversionModel model, int sessions, int users) {
        for (int i = 0; i < users; i++) {
            monitor.decided(decide(model, POLICY, plainUser("sessions", sessions), "", null), 0);
        }
    }

    private static DriftRow row(DriftReport report, String signal) {
        return report.rows().stream()
                .filter(row -> row.name().equals(signal))
                .findFirst()
                .orElseThrow();
    }
}
