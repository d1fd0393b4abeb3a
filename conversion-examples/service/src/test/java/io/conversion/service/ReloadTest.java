package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.Refresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.JsonNode;

class ReloadTest {

    @TempDir
    Path folder;

    @Test
    void everythingFollowsWhatIsPublished() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder)) {
            publishOther();
            assertThat(service.bean(ArtifactWatcher.class).refresh()).isInstanceOf(Refresh.Swapped.class);

            assertThat(service.score(Artifacts.USER).status()).isEqualTo(422);
            JsonNode answer = service.score("{\"visits\": 0}").json();
            assertThat(answer.get("probability").asDouble()).isEqualTo(0.5);
            assertThat(answer.get("revision").asLong()).isEqualTo(2);
            assertThat(service.get("/v3/api-docs")
                            .json()
                            .at("/components/schemas/Signals/properties")
                            .propertyNames())
                    .containsExactly("visits");
            assertThat(service.get("/health").json().at("/model/version").asString())
                    .isEqualTo("2");
            assertThat(service.get("/drift").json().at("/units/0/model/version").asString())
                    .isEqualTo("2");
            assertThat(service.manage("/actuator/prometheus").text()).contains("conversion_serving_swaps_total 1.0");
        }
    }

    private void publishOther() {
        ConversionModel other = ConversionModel.of(
                "trial-conversion",
                "2",
                SignalSchema.of("other-signals", "1", Signal.numeric("visits").range(0, 9)),
                0,
                Map.of("visits", new Shape.Linear(1, 0, 0)));
        Policy policy = Policy.of(
                "trial-conversion",
                "2",
                ModelRequirement.named("trial-conversion"),
                List.of(Band.of("all", 0, "wait")),
                "no_action");
        RunningService.publish(folder, other, policy);
    }

    /** What is swapped while a batch is decided changes no row of it. */
    @Test
    void rowsThatCannotBeReadAreHeldAgainstTheSchemaOfTheOthers() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder)) {
            ArtifactWatcher watcher = service.bean(ArtifactWatcher.class);
            DecisionPoint decisions = DecisionPoint.of(watcher::current, (event, nanoseconds) -> {
                publishOther();
                assertThat(watcher.refresh()).isInstanceOf(Refresh.Swapped.class);
            });
            ScoreController controller = new ScoreController(watcher, decisions, InstantSource.system());
            BatchRequest batch = RequestReader.defaults().batch("""
                    {"rows": [{"signals": {}}, {"signals": {}, "colour": "red"}]}""");

            BatchAnswer answer = controller.scoreBatch(batch);

            assertThat(watcher.current().revision()).isEqualTo(2);
            assertThat(problem(answer, 0)).containsEntry("revision", 1L);
            assertThat(String.valueOf(problem(answer, 1).get("errors"))).contains("/rows/1/signals/sessions_7d");
        }
    }

    private static Map<String, Object> problem(BatchAnswer answer, int row) {
        ProblemDetail problem = Objects.requireNonNull(answer.rows().get(row).problem());
        return Objects.requireNonNull(problem.getProperties());
    }

    @Test
    void badCandidateIsRefusedAndReportedWithoutItsFolder() throws Exception {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder)) {
            RunningService.publish(folder, Artifacts.model("2"), Artifacts.policy("2", 0.3, 0.6));
            String file = "model-" + Artifacts.model("2").reference().digest().substring(7, 23) + ".json";
            Path model = folder.resolve(file);
            Files.writeString(model, Files.readString(model).substring(0, 500));
            service.bean(ArtifactWatcher.class).refresh();

            JsonNode health = service.get("/health").json();
            assertThat(health.get("status").asString()).isEqualTo("ok");
            assertThat(health.get("revision").asLong()).isOne();
            assertThat(health.at("/folder/refusals").asLong()).isOne();
            assertThat(health.at("/folder/last_refusal/revision").asLong()).isEqualTo(2);
            assertThat(health.at("/folder/last_refusal/reasons/0").asString())
                    .startsWith(file + ": ")
                    .contains("cut off");
            assertThat(health.toString()).doesNotContain(folder.toString());
            assertThat(service.score(Artifacts.USER).json().get("revision").asLong())
                    .isOne();
        }
    }

    @Test
    void folderIsLookedAtWithoutBeingAsked() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder, "--conversion.serving.poll=10ms")) {
            RunningService.publish(folder, Artifacts.model(), Artifacts.policy("2", 0.3, 0.6));

            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            long revision = 1;
            while (revision == 1 && Instant.now().isBefore(end)) {
                revision = service.score(Artifacts.USER).json().get("revision").asLong();
            }
            assertThat(revision).isEqualTo(2);
        }
    }
}
