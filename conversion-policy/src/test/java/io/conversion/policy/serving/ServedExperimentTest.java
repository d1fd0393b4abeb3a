package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.NOON;
import static io.conversion.policy.serving.Servings.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.policy.Assignment;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentCriteria;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Layer;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that serves an experiment is ended, starts again, and takes another policy for one arm. */
class ServedExperimentTest {

    private static final Policy TODAY = policy("1", 0.7, MODEL);
    private static final Policy OFFER = policy("2", 0.5, MODEL);
    private static final Policy LATER = policy("3", 0.4, MODEL);

    @TempDir
    private Path folder;

    private static Experiment experiment(String version, Policy offer, long planned) {
        return Experiment.builder("annual-offer", version, "annual-2026")
                .layer(new Layer("offers", "offers-layer", 0, 0.8))
                .arm("today", 0.5, TODAY.reference())
                .arm("offer", 0.5, offer.reference())
                .running(NOON.minus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(30)))
                .criteria(ExperimentCriteria.of(planned, 0.01))
                .build();
    }

    private static WatcherOptions options() {
        return WatcherOptions.defaults();
    }

    private static ArtifactWatcher open(Path folder) {
        InstantSource clock = () -> NOON;
        return ArtifactWatcher.open(folder, options().clock(clock));
    }

    private static Map<String, String> arms(ArtifactWatcher watcher, List<DecisionRecord> records) {
        DecisionPoint point = DecisionPoint.of(watcher, (event, took) -> records.add(DecisionRecord.of(event)));
        Map<String, String> arms = new TreeMap<>();
        for (int user = 0; user < 300; user++) {
            String key = "user-" + user;
            point.decide(Map.of("hours", 0.2), DecisionContext.NONE.userKey(key), key, NOON);
            Assignment assignment =
                    Objects.requireNonNull(records.get(records.size() - 1).assignment());
            arms.put(key, assignment.standing() + " " + assignment.arm());
        }
        return arms;
    }

    @Test
    void nobodyChangesArmWhenTheHostStartsAgainOrAnArmGetsAnotherPolicy() throws IOException {
        Experiment first = experiment("1", OFFER, 10_000);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(first), "");
        List<DecisionRecord> records = new ArrayList<>();
        Map<String, String> before = arms(open(folder), records);

        // A new process of the host, and then another policy for one arm under a version of its own.
        ArtifactWatcher again = open(folder);
        assertThat(arms(again, records)).isEqualTo(before);
        Experiment second = experiment("2", LATER, 10_000);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(LATER), List.of(second), "");
        assertThat(again.refresh()).isInstanceOf(Refresh.Swapped.class);
        assertThat(arms(again, records)).isEqualTo(before);

        assertThat(before.values()).contains("DRAWN today", "DRAWN offer", "OUTSIDE_LAYER null");
        Replay replay = Replay.of(List.of(MODEL), List.of(TODAY, OFFER, LATER));
        for (Experiment experiment : List.of(first, second)) {
            replay = replay.running(
                    ExperimentEngine.of(List.of(experiment), List.of(TODAY, OFFER, LATER), PolicyEngine.of(TODAY)));
        }
        for (DecisionRecord record : records) {
            assertThat(replay.replay(record)).as(record.toJson()).isInstanceOf(Replayed.Verified.class);
        }
    }

    @Test
    void changedContentsAfterTheStartAreRefused() throws IOException {
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 10_000)), "");
        ArtifactWatcher watcher = open(folder);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 5_000)), "");

        assertThat(watcher.refresh())
                .isInstanceOfSatisfying(
                        Refresh.Refused.class,
                        refused -> assertThat(refused.refusal().reasons())
                                .containsExactly(
                                        "experiment \"annual-offer\" 1 has other contents than the one that started at "
                                                + NOON.minus(Duration.ofDays(1))
                                                + "; what was fixed stays fixed: give the changed one a version of its own"));
        assertThat(watcher.current().experiments().get(0).criteria().plannedUsers())
                .isEqualTo(10_000);
    }

    /** Also where another revision without the experiment was served in between. */
    @Test
    void whatHasStartedIsRememberedOverOtherRevisions() throws IOException {
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 10_000)), "");
        ArtifactWatcher watcher = open(folder);
        ServingFolder.publish(folder, MODEL, TODAY, "");
        assertThat(watcher.refresh()).isInstanceOf(Refresh.Swapped.class);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 5_000)), "");

        assertThat(watcher.refresh()).isInstanceOf(Refresh.Refused.class);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 10_000)), "");
        assertThat(watcher.refresh()).isInstanceOf(Refresh.Swapped.class);
    }

    @Test
    void contentsMayChangeBeforeTheStart() throws IOException {
        Instant before = NOON.minus(Duration.ofDays(1)).minusNanos(1);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 10_000)), "");
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().clock(() -> before));
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 5_000)), "");

        assertThat(watcher.refresh()).isInstanceOf(Refresh.Swapped.class);
        assertThat(watcher.current().experiments().get(0).criteria().plannedUsers())
                .isEqualTo(5_000);
    }

    @Test
    void experimentWhosePolicyIsMissingIsNotPublished() {
        assertThatThrownBy(() -> ServingFolder.publish(
                        folder, MODEL, TODAY, List.of(), List.of(experiment("1", OFFER, 10_000)), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy " + TODAY + " cannot be served with model " + MODEL + ": " + missing());
    }

    private static String missing() {
        return "experiment \"annual-offer\" 1 gives arm \"offer\" policy " + OFFER.reference() + " with digest "
                + OFFER.reference().digest() + ", which is not among the policies";
    }

    /** By a manifest that was written without the library. */
    @Test
    void candidateWithoutThePolicyOfAnArmIsRefusedAndTheLastGoodUnitServesOn() throws IOException {
        ServingFolder.publish(folder, MODEL, TODAY, "");
        ArtifactWatcher watcher = open(folder);
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(experiment("1", OFFER, 10_000)), "");
        Path manifest = folder.resolve(ServingManifest.FILE);
        String complete = Files.readString(manifest);
        Files.writeString(manifest, complete.replaceFirst("(?s)\"arm_policies\": \\[.*?\\],", ""));

        assertThat(reasons(watcher.refresh())).containsExactly(missing());
        assertThat(watcher.current().experiments()).isEmpty();

        Files.writeString(manifest, complete);
        Path arm = folder.resolve(ServingManifest.read(complete.getBytes(UTF_8))
                .armPolicies()
                .get(0)
                .file());
        byte[] policy = Files.readAllBytes(arm);
        Files.delete(arm);
        assertThat(reasons(watcher.refresh()))
                .containsExactly(arm.getFileName()
                        + ": the file is missing; publish all files of a revision, its manifest last");

        Files.write(arm, policy);
        assertThat(watcher.refresh()).isInstanceOf(Refresh.Swapped.class);
    }

    @Test
    void experimentThatDoesNotFitTheModelIsRefusedWithEachMisfit() {
        Experiment misfit = Experiment.builder("annual-offer", "1", "annual-2026")
                .layer(new Layer("offers", "offers-layer", 0, 0.8))
                .arm("today", 0.5, TODAY.reference())
                .arm("offer", 0.5, OFFER.reference())
                .eligibility(new Condition.NumberIs("seats", Comparison.AT_LEAST, 5))
                .build();

        assertThatThrownBy(() -> ServingUnit.of(MODEL, TODAY, List.of(OFFER), List.of(misfit)))
                .hasMessage("policy " + TODAY + " cannot be served with model " + MODEL
                        + ": the eligibility of experiment \"annual-offer\" 1 is about signal \"seats\", which is not in schema "
                        + MODEL.schema());
    }

    @Test
    void folderOfOneModelAndOnePolicyIsReadAsBefore() throws IOException {
        ServingManifest manifest = ServingFolder.publish(folder, MODEL, TODAY, "");

        assertThat(manifest.toJson()).doesNotContain("arm_policies", "experiments");
        assertThat(open(folder).current().experiments()).isEmpty();
        assertThat(open(folder).current().engine().runsExperiments()).isFalse();
    }

    private static List<String> reasons(Refresh refresh) {
        return ((Refresh.Refused) refresh).refusal().reasons();
    }
}
