package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control salt and what is hidden stay inside, in whatever the service says; unless it is told to show its artifacts. */
class ShownArtifactsTest {

    private static final String SALT = "salt-6f1d";
    private static final String HIDDEN = "partner_margin";

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "shown-signals",
            "1",
            Signal.numeric("sessions_7d").meaning("sessions of the last week"),
            Signal.numeric(HIDDEN).hidden());
    private static final ConversionModel MODEL = ConversionModel.of(
            "shown",
            "1",
            SCHEMA,
            0,
            Map.of("sessions_7d", new Shape.Linear(0.1, 0, 0), HIDDEN, new Shape.Linear(0.2, 0, 0)));
    private static final Policy POLICY = Policy.builder("shown", "1", ModelRequirement.named("shown"))
            .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
            .guardrail(new Guardrail(
                    "margin", new Condition.NumberIs(HIDDEN, Comparison.ABOVE, 100), "call", "asks before"))
            .control(new ControlGroup(0.5, SALT, "nothing"))
            .fallbackAction("wait")
            .build();

    @TempDir
    Path folder;

    @Test
    void saltAndHiddenSignalsAreInNoAnswerAndNoLogUnlessToldSo() {
        RunningService.publish(folder, MODEL, POLICY);
        AtomicReference<String> said = new AtomicReference<>("");
        Output log = Output.of(() -> {
            try (RunningService service = RunningService.start(folder)) {
                List.of("/model", "/policy", "/health", "/drift", "/nothing")
                        .forEach(path -> add(said, service.get(path)));
                add(said, service.manage("/actuator/prometheus"));
                add(said, service.manage("/actuator/info"));
                assertThat(said.get()).doesNotContain(HIDDEN);
                // Whoever sends a hidden signal knows it; the salt is nobody's.
                for (int user = 0; user < 8; user++) {
                    String key = "{\"user_key\": \"" + user + "\", ";
                    add(
                            said,
                            service.post("/score", key + "\"signals\": {\"sessions_7d\": 9, \"partner_margin\": 2}}"));
                }
                add(said, service.post("/score", "{\"signals\": {\"sessions_7d\": \"9\"}}"));
            }
        });

        assertThat(said.get()).contains("\"reason\":\"control\"", "\"control_share\":0.5");
        assertThat(said.get() + log.text()).doesNotContain(SALT, "\"signal\":\"" + HIDDEN + "\",\"log_odds\"");
    }

    private static void add(AtomicReference<String> said, Answer answer) {
        said.accumulateAndGet(answer.text(), String::concat);
    }

    @Test
    void artifactsAreShownAsTheyAreIfTheServiceIsToldTo() {
        RunningService.publish(folder, MODEL, POLICY);
        try (RunningService service = RunningService.start(folder, "--conversion.serving.show-artifacts=true")) {
            Answer model = service.get("/model");
            Answer policy = service.get("/policy");

            assertThat(ConversionModel.fromJson(model.text()).reference()).isEqualTo(MODEL.reference());
            assertThat(Policy.fromJson(policy.text()).reference()).isEqualTo(POLICY.reference());
            assertThat(model.header("ETag")).isEqualTo("\"" + MODEL.reference().digest() + "\"");
            assertThat(policy.header("Conversion-Revision")).isEqualTo("1");
        }
    }
}
