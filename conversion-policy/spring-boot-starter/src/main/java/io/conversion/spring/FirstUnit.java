package io.conversion.spring;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.NothingToServeException;
import io.conversion.policy.serving.WatcherOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Opens a serving folder into which the first pair may come later than the application starts. */
final class FirstUnit {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private FirstUnit() {}

    /**
     * Opens the folder, again and again as long as there is nothing to serve.
     *
     * @throws NothingToServeException if there is still nothing once the time has passed, or the thread is interrupted
     */
    static ArtifactWatcher open(Path folder, WatcherOptions options, Duration wait) {
        return open(folder, options, wait, () -> Thread.sleep(PAUSE.toMillis()));
    }

    /** What is done between two attempts. */
    interface Pause {
        void pause() throws InterruptedException;
    }

    /** The same with a pause of its own. */
    static ArtifactWatcher open(Path folder, WatcherOptions options, Duration wait, Pause pause) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            try {
                return ArtifactWatcher.open(folder, options);
            } catch (NothingToServeException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                rest(pause, e);
            }
        }
    }

    private static void rest(Pause pause, NothingToServeException reason) {
        try {
            pause.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
