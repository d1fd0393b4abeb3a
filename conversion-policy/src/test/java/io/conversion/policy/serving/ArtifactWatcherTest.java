package io.conversion.policy.serving;

import static io.conversion.policy.serving.Servings.MODEL;
import static io.conversion.policy.serving.Servings.NEXT_MODEL;
import static io.conversion.policy.serving.Servings.NEXT_POLICY;
import static io.conversion.policy.serving.Servings.NOON;
import static io.conversion.policy.serving.Servings.POLICY;
import static io.conversion.policy.serving.Servings.cut;
import static io.conversion.policy.serving.Servings.model;
import static io.conversion.policy.serving.Servings.options;
import static io.conversion.policy.serving.Servings.policy;
import static io.conversion.policy.serving.Servings.writeManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.policy.serving.Refresh.Refused;
import io.conversion.policy.serving.Refresh.Swapped;
import io.conversion.policy.serving.Refresh.Unchanged;
import io.conversion.policy.serving.RollBackAnswer.NothingBefore;
import io.conversion.policy.serving.RollBackAnswer.OtherServed;
import io.conversion.policy.serving.RollBackAnswer.RolledBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArtifactWatcherTest {

    @TempDir
    private Path folder;

    private ServingManifest first;

    @BeforeEach
    void publishFirst() throws IOException {
        first = ServingFolder.publish(folder, MODEL, POLICY, "");
    }

    private ServingManifest publishNext() throws IOException {
        return ServingFolder.publish(folder, NEXT_MODEL, NEXT_POLICY, "");
    }

    private ArtifactWatcher open() {
        return ArtifactWatcher.open(folder, options());
    }

    @Test
    void publishedPairIsServedFromTheNextRefreshOn() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().clock(now::get));
        ServingUnit one = watcher.current();
        publishNext();
        assertThat(watcher.current()).isSameAs(one);

        now.set(NOON.plusSeconds(60));
        Refresh swapped = watcher.refresh();
        now.set(NOON.plusSeconds(120));
        Refresh unchanged = watcher.refresh();

        ServingUnit two = watcher.current();
        assertThat(two.revision()).isEqualTo(2);
        assertThat(two.model().reference()).isEqualTo(NEXT_MODEL.reference());
        assertThat(two.policy().reference()).isEqualTo(NEXT_POLICY.reference());
        assertThat(swapped).isEqualTo(new Swapped(one, two));
        assertThat(unchanged).isEqualTo(new Unchanged(two));
        assertThat(watcher.status())
                .isEqualTo(new WatcherStatus(two, NOON.plusSeconds(60), 2, NOON.plusSeconds(120), null, 1, 0, 0));
    }

    /** The manifest says what is served: a model that is rewritten under it is not looked at. */
    @Test
    void filesUnderAnAcceptedManifestDoNotMatter() throws IOException {
        ArtifactWatcher watcher = open();
        ServingUnit unit = watcher.current();
        NEXT_MODEL.save(folder.resolve(first.model().file()));
        Files.delete(folder.resolve(first.policy().file()));

        assertThat(watcher.refresh()).isEqualTo(new Unchanged(unit));
        assertThat(watcher.current()).isSameAs(unit);
    }

    @Test
    void manifestThatNamesTheSamePairAgainChangesNothing() throws IOException {
        ArtifactWatcher watcher = open();
        ServingUnit unit = watcher.current();
        ServingManifest noted = new ServingManifest(1, first.model(), first.policy(), "Checked by ben");
        Files.writeString(folder.resolve("manifest.json"), noted.toJson() + "\n");

        assertThat(watcher.refresh()).isEqualTo(new Unchanged(unit));
    }

    @Test
    void filesThatComeAfterTheirManifestAreServedWhenTheyAreComplete() throws IOException {
        ArtifactWatcher watcher = open();
        ServingManifest next = publishNext();
        Path model = folder.resolve(next.model().file());
        Path kept = Files.move(model, folder.resolve("kept"));

        assertThat(watcher.refresh()).isInstanceOf(Refused.class);
        Files.copy(kept, model);
        cut(model);
        assertThat(watcher.refresh()).isInstanceOf(Refused.class);
        Files.copy(kept, model, StandardCopyOption.REPLACE_EXISTING);
        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);

        WatcherStatus status = watcher.status();
        assertThat(List.of(status.refusals(), status.swaps())).containsExactly(2L, 1L);
        assertThat(status.lastRefusal()).isNotNull().satisfies(refusal -> {
            assertThat(refusal.candidate()).isEqualTo(next);
            assertThat(refusal.reasons()).singleElement().asString().contains("cut off");
        });
    }

    @Test
    void refusalIsToldOnceForEachCandidate() throws IOException {
        List<Object> told = new ArrayList<>();
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().listener(told::add));
        Path manifest = folder.resolve("manifest.json");
        Files.move(manifest, folder.resolve("kept"));
        Refresh missing = watcher.refresh();
        watcher.refresh();
        Files.writeString(manifest, "{}");
        Refresh empty = watcher.refresh();
        watcher.refresh();
        Files.move(folder.resolve("kept"), manifest, StandardCopyOption.REPLACE_EXISTING);
        watcher.refresh();
        Files.delete(manifest);
        Refresh missingAgain = watcher.refresh();
        watcher.refresh();
        ServingFolder.publish(folder, 2, NEXT_MODEL, NEXT_POLICY, "");
        Refresh swapped = watcher.refresh();

        assertThat(told).containsExactly(missing, empty, missingAgain, swapped);
        assertThat(watcher.status().refusals()).isEqualTo(3);
    }

    @Test
    void listenerThatFailsChangesNothing() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().listener(refresh -> {
            throw new AssertionError("planted");
        }));
        publishNext();

        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
        cut(folder.resolve("manifest.json"));
        assertThat(watcher.refresh()).isInstanceOf(Refused.class);
        assertThat(watcher.current().revision()).isEqualTo(2);
    }

    @Test
    void unitThatIsRolledBackStaysSoUntilAHigherRevision() throws IOException {
        ArtifactWatcher watcher = open();
        ServingUnit one = watcher.current();
        publishNext();
        watcher.refresh();
        ServingUnit two = watcher.current();

        assertThat(watcher.rollBack(2)).isEqualTo(new RolledBack(two, one));

        assertThat(watcher.rollBack(1)).isEqualTo(new NothingBefore(one));
        assertThat(watcher.refresh()).isEqualTo(new Unchanged(one));
        assertThat(watcher.status()).isEqualTo(new WatcherStatus(one, NOON, 2, NOON, null, 1, 0, 1));
        // As by another program: publish refuses it.
        Path manifest = folder.resolve("manifest.json");
        ServingManifest second = ServingManifest.fromJson(Files.readString(manifest));
        Files.writeString(manifest, new ServingManifest(2, second.model(), second.policy(), "Try again").toJson());
        assertThat(((Refused) watcher.refresh()).refusal().reasons())
                .containsExactly(
                        "manifest.json: revision 2 is not above 2, which was served already; publish other content,"
                                + " and earlier content again, as revision 3 or later");
        writeManifest(folder, 1, first);
        assertThat(watcher.refresh()).isEqualTo(new Unchanged(one));
        ServingFolder.publish(folder, 3, NEXT_MODEL, NEXT_POLICY, "");
        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
        assertThat(watcher.rollBack(3).serving()).isSameAs(one);
    }

    @Test
    void firstUnitCannotBeRolledBack() {
        ArtifactWatcher watcher = open();

        assertThat(watcher.rollBack(1)).isEqualTo(new NothingBefore(watcher.current()));
    }

    @Test
    void candidateThatWasRefusedBesideAnotherUnitIsJudgedAnewAfterARollBack() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().maxFlippedShare(0, 10));
        publishNext();
        watcher.refresh();
        Servings.decide(Servings.point(watcher, watcher), Map.of("hours", 0.6));
        ServingFolder.publish(folder, MODEL, policy("3", 0.7, MODEL), "");
        assertThat(watcher.refresh()).isInstanceOf(Refused.class);

        watcher.rollBack(2);

        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
    }

    @Test
    void revisionThatIsNotServedAnyMoreIsNotRolledBack() throws IOException {
        ArtifactWatcher watcher = open();
        publishNext();
        watcher.refresh();
        ServingFolder.publish(folder, MODEL, policy("fix", 0.5, MODEL), "");
        watcher.refresh();
        WatcherStatus fixed = watcher.status();

        assertThat(watcher.rollBack(2)).isEqualTo(new OtherServed(fixed.serving()));

        assertThat(watcher.status()).isEqualTo(fixed);
        assertThat(watcher.rollBack(3).serving().revision()).isEqualTo(2);
    }

    @Test
    void listenerIsToldOfARollBack() throws IOException {
        List<Object> told = new ArrayList<>();
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().listener(told::add));
        publishNext();
        Refresh swapped = watcher.refresh();

        RollBackAnswer back = watcher.rollBack(2);

        assertThat(told).containsExactly(swapped, back);
    }

    @Test
    void listenerMayRollBackWhatItIsToldOf() throws IOException {
        List<Object> told = new ArrayList<>();
        CompletableFuture<ArtifactWatcher> watcher = new CompletableFuture<>();
        watcher.complete(ArtifactWatcher.open(folder, options().listener(event -> {
            told.add(event);
            if (event instanceof Swapped) {
                watcher.join().rollBack(event.serving().revision());
            }
        })));
        ServingUnit one = watcher.join().current();
        publishNext();

        Swapped swapped = (Swapped) watcher.join().refresh();

        assertThat(told).containsExactly(swapped, new RolledBack(swapped.serving(), one));
        assertThat(watcher.join().current()).isSameAs(one);
    }

    /** It was good beside the unit that it was judged beside, and flips too much beside the one that is back. */
    @Test
    void candidateIsJudgedAgainIfTheUnitBesideItIsRolledBackMeanwhile() throws IOException {
        CompletableFuture<ArtifactWatcher> watcher = new CompletableFuture<>();
        List<RollBackAnswer> rolledBack = new ArrayList<>();
        WatcherOptions options = options().maxFlippedShare(0, 10).check(unit -> {
            if (unit.revision() == 3 && rolledBack.isEmpty()) {
                rolledBack.add(watcher.join().rollBack(2));
            }
            return List.of();
        });
        watcher.complete(ArtifactWatcher.open(folder, options));
        ServingUnit one = watcher.join().current();
        publishNext();
        watcher.join().refresh();
        Servings.decide(DecisionPoint.of(watcher.join()), Map.of("hours", 0.6));
        ServingFolder.publish(folder, NEXT_MODEL, NEXT_POLICY.toBuilder("3").build(), "");

        Refresh refresh = watcher.join().refresh();

        assertThat(rolledBack).hasOnlyElementsOfType(RolledBack.class);
        assertThat(refresh).isInstanceOf(Refused.class);
        assertThat(watcher.join().current()).isSameAs(one);
    }

    /** The publisher replaces the candidate while it is being checked, and it is bad: that is no refusal. */
    @Test
    void candidateThatIsReplacedWhileItIsReadIsNoRefusal() throws IOException {
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().check(unit -> {
            if (unit.revision() != 2) {
                return List.of();
            }
            try {
                publishNext();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of("too late");
        }));
        publishNext();

        assertThat(watcher.refresh()).isInstanceOf(Swapped.class);
        assertThat(watcher.current().revision()).isEqualTo(3);
        assertThat(watcher.status().refusals()).isZero();
    }

    @Test
    @Timeout(60)
    void threadFollowsTheFolderUntilTheWatcherIsClosed() throws IOException, InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch swapped = new CountDownLatch(1);
        CompletableFuture<Thread> first = new CompletableFuture<>();
        ArtifactWatcher watcher = ArtifactWatcher.open(folder, options().listener(refresh -> {
            first.complete(Thread.currentThread());
            (refresh instanceof Swapped ? swapped : refused).countDown();
        }));
        watcher.start(Duration.ofMillis(1));

        Files.writeString(folder.resolve("manifest.json"), "{");
        assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
        ServingFolder.publish(folder, 2, NEXT_MODEL, NEXT_POLICY, "");
        assertThat(swapped.await(30, TimeUnit.SECONDS)).isTrue();
        watcher.close();
        Thread thread = first.join();
        thread.join();

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(watcher.current().revision()).isEqualTo(2);
        assertThatThrownBy(() -> watcher.start(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the watcher of " + folder + " was started before; open another one");
    }

    /** Here the host's clock fails, which every refresh asks; so may anything else outside of the loading. */
    @Test
    @Timeout(60)
    void threadOutlivesARefreshThatFails() throws IOException, InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch swapped = new CountDownLatch(1);
        WatcherOptions options = options().clock(() -> {
            if (Thread.currentThread().getName().equals("artifact-watcher") && failures.getAndIncrement() < 3) {
                throw new StackOverflowError("planted");
            }
            return NOON;
        });
        try (ArtifactWatcher watcher = ArtifactWatcher.open(folder, options.listener(refresh -> swapped.countDown()))) {
            watcher.start(Duration.ofMillis(1));
            while (failures.get() < 3) {
                Thread.onSpinWait();
            }
            publishNext();

            assertThat(swapped.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watcher.current().revision()).isEqualTo(2);
        }
    }

    @Test
    void threadOfAClosedWatcherIsNotStarted() {
        ArtifactWatcher watcher = open();

        assertThatThrownBy(() -> watcher.start(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pause between refreshes is PT0S; it must be above zero and at most 3650 days");
        assertThatThrownBy(() -> watcher.start(Duration.ofDays(3_651)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pause between refreshes is PT87624H; it must be above zero and at most 3650 days");
        watcher.close();
        assertThatThrownBy(() -> watcher.start(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the watcher of " + folder + " was closed before; open another one");
    }

    @Test
    void numbersOfOptionsAreChecked() {
        assertThatThrownBy(() -> options().maxFlippedShare(Double.NaN, 10))
                .hasMessage("the share of decisions that a candidate may flip is NaN; it must be from 0 to 1");
        assertThatThrownBy(() -> options().maxFlippedShare(0.1, 0))
                .hasMessage("a share of the last 0 decisions limits nothing; it must be of at least 1");
        assertThatThrownBy(() -> options().maxFlippedShare(0.1, 1_000_001))
                .hasMessage("the number of decisions to judge candidates by is 1000001; it must be from 0 to 1000000");
    }
}
