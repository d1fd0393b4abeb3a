package io.conversion.policy.records;

import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes decisions to files of JSON lines, on a daemon thread of its own: {@code decisions-000000001.jsonl} and so on in
 * a folder.
 *
 * <p>The request path puts a reference into a bounded queue and never waits longer than declared; making the record and
 * writing it are the thread's work. Each decision is written or counted as {@link #lost()}: because the buffer was full,
 * the log was closed, the file could not be written, or it was removed while it was. A process that is killed loses the decisions that are in memory,
 * at most the declared capacity, and leaves at most one line that is cut, the last one of its last file. Each log starts a
 * file of its own and writes to no other one, so that many processes may share a folder.
 *
 * <p>Safe to share between threads.
 */
public final class JsonlDecisionLog implements DecisionListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JsonlDecisionLog.class);
    private static final int LARGEST_BATCH = 256;
    private static final int LARGEST_BUFFER = 4 << 20;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JsonlOptions options;
    private final RecordFiles files;
    private final Lines maker;
    private final BlockingQueue<DecisionEvent> queue;
    private final int batch;
    private final Thread writer;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean finished;

    // Of the writer alone. What is taken is neither written nor lost yet.
    private final List<DecisionEvent> taken;
    private final Set<Class<?>> unmade = new HashSet<>();
    private LineBuffer text = new LineBuffer(1 << 14);
    private long looked = System.nanoTime();
    private boolean writable = true;

    private JsonlDecisionLog(RecordFiles files, JsonlOptions options, Lines maker) {
        this.options = options;
        this.files = files;
        this.maker = maker;
        // What is being written is in memory, too, and counts.
        this.batch = Math.min(LARGEST_BATCH, options.capacity() / 2);
        this.taken = new ArrayList<>(batch);
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
                        "the last line of {} is not complete: the process that wrote it was stopped, or is writing it;"
                                + " this log writes to a new file",
                        file));
        return start(
                new RecordFiles(folder, options),
                options,
                (event, out) ->
                        new RecordWriter(out).write(DecisionRecord.of(event, options.redaction(), options.reasons())));
    }

    /** Opens a log that writes these lines to these files. */
    static JsonlDecisionLog open(RecordFiles files, JsonlOptions options, Function<DecisionEvent, String> line) {
        return start(files, options, (event, out) -> out.raw(line.apply(event)));
    }

    private static JsonlDecisionLog start(RecordFiles files, JsonlOptions options, Lines maker) {
        JsonlDecisionLog log = new JsonlDecisionLog(files, options, maker);
        log.writer.start();
        return log;
    }

    /** Writes the line of a decision, without a line feed. */
    @FunctionalInterface
    private interface Lines {
        void write(DecisionEvent event, LineBuffer out);
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

    /**
     * Takes one decision for the record: never an exception, and no longer a wait than the options declare.
     *
     * @param event the decision
     * @param nanoseconds how long it took, which is not recorded
     */
    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
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
     * How many decisions were lost so far: not taken, not written, or in a file that was removed, replaced or cut by
     * others while the log wrote it.
     *
     * @return the number since the log was opened
     */
    public long lost() {
        return lost.get();
    }

    /**
     * How many decisions were written so far, without those of a file that was found gone.
     *
     * @return the number since the log was opened
     */
    public long written() {
        return written.get();
    }

    private void writeAll() {
        try {
            while (!closed || !queue.isEmpty()) {
                takeAndWrite();
            }
            finished = true;
            while (!queue.isEmpty()) {
                takeAndWrite();
            }
            files.close();
        } catch (Throwable e) {
            warn("the file of decisions was not forced to the disk", e);
        } finally {
            countGone();
            // From now on each one is counted by whoever takes it out: this thread, or the one that logs it.
            finished = true;
            while (queue.poll() != null) {
                lost.incrementAndGet();
            }
        }
    }

    /** Whatever fails, memory that ran out included: the thread goes on, and nothing is lost uncounted. */
    private void takeAndWrite() {
        try {
            take();
            write();
            look();
        } catch (Throwable e) {
            lost.addAndGet(taken.size());
            taken.clear();
            abandon(e);
        }
        countGone();
    }

    /** Once a second, so that a file that is gone or too old is noticed also while nobody decides. */
    private void look() throws IOException {
        long now = System.nanoTime();
        if (now - looked >= LOOK_NANOS) {
            looked = now;
            files.look();
        }
    }

    private void countGone() {
        long gone = files.takeGone();
        if (gone > 0) {
            written.addAndGet(-gone);
            lost.addAndGet(gone);
        }
    }

    private void abandon(Throwable cause) {
        if (writable) {
            writable = false;
            warn("decisions cannot be written and are lost", cause);
        }
        try {
            files.abandon();
        } catch (Throwable e) {
            warn("a file of decisions was not given up as it should be", e);
        }
    }

    private void take() {
        try {
            DecisionEvent first = queue.poll(20, TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                queue.drainTo(taken, batch - 1);
            }
        } catch (InterruptedException e) {
            // Nobody has this thread but the log, which ends it by closing.
            LOG.debug("interrupted", e);
        }
    }

    /** Writes what was taken as one batch; what could not be written is still taken. */
    private void write() throws IOException {
        if (taken.isEmpty()) {
            return;
        }
        if (text.size() > LARGEST_BUFFER) {
            text = new LineBuffer(1 << 14);
        }
        text.cutTo(0);
        int lines = 0;
        for (DecisionEvent event : taken) {
            lines += hasLine(event) ? 1 : 0;
        }
        if (lines > 0) {
            files.write(text.since(0), lines);
            writable = true;
        }
        written.addAndGet(lines);
        lost.addAndGet(taken.size() - lines);
        taken.clear();
    }

    /** Appends the line of one decision as a whole; one that has none must not take the others along. */
    private boolean hasLine(DecisionEvent event) {
        int start = text.size();
        try {
            maker.write(event, text);
            text.put('\n');
            return true;
        } catch (Throwable e) {
            text.cutTo(start);
            if (unmade.add(e.getClass())) {
                warn("the record of a decision cannot be made; further failures of this kind are counted only", e);
            }
            return false;
        }
    }

    /** Names the class alone, since the message may hold a value of a user. Never throws, not even where the log does. */
    private static void warn(String what, Throwable cause) {
        try {
            LOG.warn("{}: {}", what, cause.getClass().getName());
            LOG.debug("the failure", cause);
        } catch (Throwable unsaid) {
            // What it is about is counted. There is nobody left to tell of this one.
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
