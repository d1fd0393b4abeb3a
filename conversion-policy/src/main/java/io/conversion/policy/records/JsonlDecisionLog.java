package io.conversion.policy.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes decisions to files of JSON lines, on a daemon thread of its own: {@code decisions-000000001.jsonl} and so on in
 * a folder.
 *
 * <p>The request path puts a reference into a bounded queue and never waits longer than declared; making the record and
 * writing it are the thread's work. Each decision is written or counted as {@link #lost()}: because the buffer was full,
 * the log was closed, or the file could not be written. A process that is killed loses the decisions that are in memory,
 * at most the declared capacity, and leaves at most one line that is cut, the last one of its last file. Each log starts a
 * file of its own and writes to no other one, so that many processes may share a folder.
 *
 * <p>Safe to share between threads.
 */
public final class JsonlDecisionLog implements DecisionLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JsonlDecisionLog.class);
    private static final int LARGEST_BATCH = 256;

    private final JsonlOptions options;
    private final RecordFiles files;
    private final BlockingQueue<DecisionEvent> queue;
    private final int batch;
    private final Thread writer;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean finished;

    // Of the writer alone.
    private boolean failing;

    private JsonlDecisionLog(Path folder, JsonlOptions options) {
        this.options = options;
        this.files = new RecordFiles(folder, options.maxFileBytes(), options.force());
        // What is being written is in memory, too, and counts.
        this.batch = Math.min(LARGEST_BATCH, options.capacity() / 2);
        this.queue = new ArrayBlockingQueue<>(options.capacity() - batch);
        this.writer = new Thread(this::writeAll, "decision-log");
        writer.setDaemon(true);
    }

    /**
     * Opens a log in a folder, and starts its thread.
     *
     * @param folder an existing folder
     * @param options how to write
     * @return the log
     * @throws IOException if there is no such folder, or it cannot be read
     */
    public static JsonlDecisionLog open(Path folder, JsonlOptions options) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " does not exist; create it before opening a decision log");
        }
        RecordFiles.cut(folder)
                .ifPresent(file -> LOG.warn(
                        "the last line of {} is cut: the process that wrote it was stopped; going on in a new file",
                        file));
        JsonlDecisionLog log = new JsonlDecisionLog(folder, options);
        log.writer.start();
        return log;
    }

    /**
     * The files of records in a folder, whoever wrote them.
     *
     * @param folder the folder
     * @return the files, the oldest first
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> files(Path folder) throws IOException {
        return RecordFiles.in(folder);
    }

    @Override
    public void log(DecisionEvent event) {
        boolean taken = !closed && offer(event);
        // A decision that came too late for the writer's last look is taken out again.
        if (!taken || (finished && queue.remove(event))) {
            lost.incrementAndGet();
        }
    }

    private boolean offer(DecisionEvent event) {
        if (queue.offer(event)) {
            return true;
        } else if (options.patience().isZero()) {
            return false;
        }
        try {
            return queue.offer(event, options.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * How many decisions were lost so far: not taken, or not written.
     *
     * @return the number since the log was opened
     */
    public long lost() {
        return lost.get();
    }

    /**
     * How many decisions were written so far.
     *
     * @return the number since the log was opened
     */
    public long written() {
        return written.get();
    }

    private void writeAll() {
        List<DecisionEvent> events = new ArrayList<>(batch);
        while (!closed || !queue.isEmpty()) {
            take(events);
            write(events);
        }
        finished = true;
        for (queue.drainTo(events, batch); !events.isEmpty(); queue.drainTo(events, batch)) {
            write(events);
        }
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("the file of decisions was not forced to the disk: {}", e.toString());
        }
    }

    private void take(List<DecisionEvent> events) {
        try {
            DecisionEvent first = queue.poll(20, TimeUnit.MILLISECONDS);
            if (first != null) {
                events.add(first);
                queue.drainTo(events, batch - 1);
            }
        } catch (InterruptedException e) {
            // Nobody has this thread but the log, which ends it by closing.
            LOG.debug("interrupted", e);
        }
    }

    private void write(List<DecisionEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        int lines = 0;
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream(events.size() * 2048);
            for (DecisionEvent event : events) {
                lines += line(event, text) ? 1 : 0;
            }
            files.write(ByteBuffer.wrap(text.toByteArray()));
            written.addAndGet(lines);
            failing = false;
        } catch (Throwable e) {
            // Whatever it is, memory that ran out included: the thread goes on, and nothing is lost uncounted.
            lost.addAndGet(lines);
            files.abandon();
            warnOnce("decisions cannot be written and are lost: {}", e);
        } finally {
            events.clear();
        }
    }

    /** Appends the line of one decision; one that has none must not take the others along. */
    private boolean line(DecisionEvent event, ByteArrayOutputStream text) {
        try {
            String line = DecisionRecord.of(event, options.redaction(), options.reasons())
                    .toJson();
            text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            text.write('\n');
            return true;
        } catch (Throwable e) {
            lost.incrementAndGet();
            warnOnce("the record of a decision cannot be made: {}", e);
            return false;
        }
    }

    private void warnOnce(String message, Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn(message, cause.toString());
        }
    }

    /** Writes what was taken, then ends the thread. What is logged from now on is lost and counted. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
