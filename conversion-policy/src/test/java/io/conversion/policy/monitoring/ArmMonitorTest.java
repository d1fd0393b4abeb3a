package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.monitoring.ArmMonitor.ArmCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ArmMonitorTest {

    private static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            0,
            Map.of("sessions", new Shape.Linear(1, 0, 0)));
    private static final Policy TODAY = policy("1", "discount");
    private static final Policy OFFER = policy("2", "annual_plan");
    private static final Experiment EXPERIMENT = Experiment.builder("annual-offer", "1", "annual-2026")
            .layer(new Layer("offers", "offers-layer", 0, 0.5))
            .arm("today", 0.5, TODAY.reference())
            .arm("offer", 0.5, OFFER.reference())
            .force("user-0", "offer")
            .build();

    private static Policy policy(String version, String action) {
        return Policy.of(
                "offers", version, ModelRequirement.named("trial"), List.of(Band.of("all", 0, action)), "fallback");
    }

    private static DecisionEvent event(PolicyEngine engine, int user) {
        return DecisionEvent.decide(
                engine,
                MODEL.scorer(),
                MODEL.schema().read(Map.of("sessions", user % 10 == 3 ? "many" : user)),
                user % 10 == 9 ? DecisionContext.NONE : DecisionContext.NONE.userKey("user-" + user),
                "request",
                null);
    }

    @Test
    void countsAreThoseOfTheRecords() {
        PolicyEngine engine = ExperimentEngine.of(List.of(EXPERIMENT), List.of(TODAY, OFFER), PolicyEngine.of(TODAY));
        ArmMonitor monitor = new ArmMonitor();
        Map<String, Long> expected = new HashMap<>();
        for (int user = 0; user < 1_000; user++) {
            DecisionEvent event = event(engine, user);
            monitor.decided(event, 0);
            var assignment = event.assignment().orElseThrow();
            expected.merge(
                    assignment.standing() + " " + assignment.arm() + " "
                            + event.decision().action(),
                    1L,
                    Long::sum);
        }

        Map<String, Long> counted = new HashMap<>();
        List<Standing> standings = new ArrayList<>();
        for (ArmCount count : monitor.counts()) {
            assertThat(count.experiment()).isEqualTo(EXPERIMENT.reference());
            count.actions()
                    .forEach((action, number) ->
                            counted.put(count.standing() + " " + count.arm() + " " + action, number));
            assertThat(count.decisions())
                    .isEqualTo(count.actions().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(count.fallbacks())
                    .isEqualTo(Objects.requireNonNullElse(count.actions().get("fallback"), 0L));
            standings.add(count.standing());
        }
        assertThat(counted).isEqualTo(expected);
        assertThat(standings)
                .containsExactly(
                        Standing.DRAWN, Standing.DRAWN, Standing.FORCED, Standing.OUTSIDE_LAYER, Standing.NO_KEY);
    }

    @Test
    void decisionsOutsideOfExperimentsAreNotCounted() {
        ArmMonitor monitor = new ArmMonitor();

        monitor.decided(event(PolicyEngine.of(TODAY), 1), 0);

        assertThat(monitor.counts()).isEmpty();
    }
}
