package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.NEXT_MODEL;
import static io.conversion.policy.serving.Servings.NEXT_POLICY;
import static io.conversion.policy.serving.Servings.POLICY;
import static io.conversion.policy.serving.Servings.decide;
import static io.conversion.policy.serving.Servings.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate whose files are good, and which is refused for something that passes. */
class PassingRefusalTest {

    @TempDir
    private Path folder;

    private final List<Object> told = new ArrayList<>();

    @BeforeEach
    void publishFirst() throws IOException {
        ServingFolder.publish(folder, MODEL, POLICY, "");
    }

    /** A watcher whose check throws one of these for each look at another candidate than the first. */
    private ArtifactWatcher open(List<? extends Throwable> failures) {
        Queue<Throwable> planted = new ArrayDeque<>(failures);
        return ArtifactWatcher.open(folder, options().listener(told::add).check(unit -> {
            Throwable failure = unit.revision() == 1 ? null : planted.poll();
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            return List.of();
        }));
    }

    private void publishNext() throws IOException {
        ServingFolder.publish(folder, NEXT_MODEL, NEXT_POLICY, "");
    }

    @Test
    void candidateThatFoundNoMemoryIsServedOnceThereIsSome() throws IOException {
        ArtifactWatcher watcher = open(List.of(new OutOfMemoryError("planted"), new OutOfMemoryError("planted")));
        publishNext();

        Refresh refused = watcher.refresh();
        assertThat(((Refused) refused).refusal().reasons())
                .containsExactly("the candidate cannot be loaded: java.lang.OutOfMemoryError");
        assertThat(watcher.refresh()).isEqualTo(refused);
        Refresh swapped = watcher.refresh();

        assertThat(swapped).isInstanceOf(Swapped.class);
        assertThat(told).containsExactly(refused, swapped);
        assertThat(watcher.status().refusals()).isEqualTo(1);
    }

    @Test
    void checkThatWasDownIsAskedAgainAndToldAgainIfItFailsInAnotherWay() throws IOException {
        ArtifactWatcher watcher = open(List.of(
                new IllegalStateException("planted 1"),
                new IllegalStateException("planted 2"),
                new IllegalArgumentException("planted 3")));
        publishNext();

        Refresh first = watcher.refresh();
        assertThat(((Refused) first).refusal().reasons())
                .containsExactly("a check of the host failed: java.lang.IllegalStateException");
        assertThat(watcher.refresh()).isEqualTo(first);
        Refresh second = watcher.refresh();
        assertThat(((Refused) second).refusal().reasons())
                .containsExactly("a check of the host failed: java.lang.IllegalArgumentException");
        Refresh swapped = watcher.refresh();

        assertThat(told).containsExactly(first, second, swapped);
    }

    /** What it would flip is asked of the decisions that are the last ones now. */
    @Test
    void candidateThatFlippedTooManyIsComparedAgain() throws IOException {
        ArtifactWatcher watcher =
                ArtifactWatcher.open(folder, options().maxFlippedShare(0.4, 4).listener(told::add));
        DecisionPoint point = DecisionPoint.of(watcher);
        decide(point, Map.of("hours", 0.6));
        publishNext();

        Refresh refused = watcher.refresh();
        assertThat(refused).isInstanceOf(Refused.class);
        decide(point, Map.of("hours", 5));
        assertThat(watcher.refresh()).isEqualTo(refused);
        decide(point, Map.of("hours", 5));
        Refresh swapped = watcher.refresh();

        assertThat(swapped).isInstanceOf(Swapped.class);
        assertThat(told).containsExactly(refused, swapped);
    }

    @Test
    void shareOfLessThanATenthOfTheDecisionsRefusesNothing() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0, 21));
        DecisionPoint point = DecisionPoint.of(watcher);
        decide(point, Map.of("hours", 0.6));
        decide(point, Map.of("hours", 0.6));
        publishNext();
        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);

        decide(point, Map.of("hours", 0.6));
        ServingFolder.publish(folder, MODEL, POLICY, "");
        assertThat(watcher.refresh()).isInstanceOf(Refused.class);
    }

    /** Three were refused and one was not: the one is what there is to compare with. */
    @Test
    void refusedSignalsTakeNoRoomAmongTheLastDecisions() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0.5, 2));
        DecisionPoint point = DecisionPoint.of(watcher);
        decide(point, Map.of("hours", 0.6));
        for (int i = 0; i < 3; i++) {
            decide(point, Map.of("hours", "many"));
        }
        publishNext();

        assertThat(((Refused) watcher.refresh()).refusal().reasons())
                .singleElement()
                .asString()
                .startsWith("revision 2 answers 1 of the last 1 decisions with another action");
    }

    @Test
    void pointOfAWatcherNotesEachDecisionOnce() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0, 10));
        decide(DecisionPoint.of(watcher, watcher, (event, nanoseconds) -> told.add(event)), Map.of("hours", 0.6));
        publishNext();

        assertThat(((Refused) watcher.refresh()).refusal().reasons())
                .singleElement()
                .asString()
                .startsWith("revision 2 answers 1 of the last 1 decisions with another action");
        assertThat(told).hasSize(1);
    }
}
