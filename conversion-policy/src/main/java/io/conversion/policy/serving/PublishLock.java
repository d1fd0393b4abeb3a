package io.conversion.policy.serving;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets one publish to a folder at a time, of all threads and processes. The operating system holds the lock of the file
 * and gives it up with the process, however that ends. The file stays: were it deleted, two could hold a lock of that name.
 */
final class PublishLock implements AutoCloseable {

    static final String FILE = ".publish.lock";

    private static final long PAUSE_MILLIS = 5;

    private final FileChannel channel;

    private PublishLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until nobody else publishes.
     *
     * @throws IOException if that takes longer than the patience, or the file system has no locks
     */
    static PublishLock of(Path folder, Duration patience) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long start = System.nanoTime();
            while (tried(channel, folder) == null) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new IOException("nothing was published to " + folder + ": somebody else has been publishing"
                            + " there for " + patience.toSeconds() + " seconds; find the process that holds " + FILE
                            + ", and publish again");
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return new PublishLock(channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nothing was published to " + folder + ": the thread was interrupted");
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tried(FileChannel channel, Path folder) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Of another thread of this JVM.
            return null;
        } catch (UnsupportedOperationException | IOException e) {
            throw new IOException(
                    "nothing was published to " + folder + ": its file system has no locks, which keep two publishers"
                            + " apart; publish to a local folder and copy it",
                    e);
        }
    }

    /** Lets the next one publish. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
