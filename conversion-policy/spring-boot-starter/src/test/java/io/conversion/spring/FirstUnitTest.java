package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.NothingToServeException;
import io.conversion.policy.serving.WatcherOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstUnitTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @Test
    void pairThatIsPublishedLaterIsServed() {
        AtomicInteger pauses = new AtomicInteger();

        try (ArtifactWatcher watcher = FirstUnit.open(folder, WatcherOptions.defaults(), LONG, () -> {
            if (pauses.incrementAndGet() == 3) {
                Artifacts.publish(folder, Artifacts.policy());
            }
        })) {
            assertThat(watcher.current().revision()).isEqualTo(1);
            assertThat(pauses).hasValue(3);
        }
    }

    @Test
    void withoutAWaitTheFirstAttemptIsTheLast() {
        assertThatThrownBy(() -> FirstUnit.open(folder, WatcherOptions.defaults(), Duration.ZERO, () -> {
                    throw new AssertionError("there is nothing to wait for");
                }))
                .isInstanceOf(NothingToServeException.class);
    }

    @Test
    void interruptionEndsTheWait() {
        assertThatThrownBy(() -> FirstUnit.open(folder, WatcherOptions.defaults(), LONG, () -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(NothingToServeException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
