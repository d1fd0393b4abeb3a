package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitoredModelTest {

    private static final SignalSchema SCHEMA = SignalSchema.of("trial-signals", "1", Signal.numeric("sessions"));
    private static final SignalDistribution.Numbers PROBABILITIES =
            new SignalDistribution.Numbers(List.of(0.0, 0.5, 1.0), List.of(0L, 50_000L, 50_000L, 0L), 0);
    private static final Policy POLICY = Policy.of(
            "trial",
            "1",
            ModelRequirement.named("boosting"),
            List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
            "none");

    private record Boosting(ModelReference model, SignalSchema schema) implements Scorer {

        @Override
        public Score score(Signals signals) {
            return Score.of(this, signals, signals.at(0) / 10);
        }
    }

    private static final Scorer SCORER =
            new Boosting(new ModelReference("boosting", "7", "sha256:" + "a".repeat(64)), SCHEMA);

    private static ReferenceDistribution distribution(String signal) {
        return ReferenceDistribution.of(
                Map.of(
                        signal,
                        new SignalDistribution.Numbers(List.of(2.0, 5.0), List.of(30_000L, 40_000L, 30_000L), 0)),
                PROBABILITIES);
    }

    @Test
    void usersOfAForeignScorerAreComparedWithItsTraining() {
        DriftMonitor monitor =
                DriftMonitor.of(MonitoredModel.of(SCORER, distribution("sessions")), POLICY, DriftOptions.defaults());
        PolicyEngine engine = PolicyEngine.of(POLICY);

        for (int i = 0; i < 2_000; i++) {
            Signals signals = SCHEMA.signals().set("sessions", 9).build();
            monitor.decided(
                    DecisionEvent.decide(
                            engine, SCORER, SCHEMA.read(signals.given()), DecisionContext.NONE, "r" + i, null),
                    0);
        }

        assertThat(monitor.snapshot().users()).isEqualTo(2_000);
        assertThat(monitor.snapshot().model()).isEqualTo(SCORER.model());
        assertThat(monitor.report().alerts().toString()).contains("sessions");
        assertThat(DriftReport.of(monitor.snapshot(), MonitoredModel.of(SCORER, distribution("sessions")), POLICY))
                .isEqualTo(monitor.report());
    }

    @Test
    void distributionOfOtherSignalsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MonitoredModel.of(SCORER, distribution("visits")))
                .withMessageContaining("the reference distribution has no signal \"sessions\"");
    }
}
