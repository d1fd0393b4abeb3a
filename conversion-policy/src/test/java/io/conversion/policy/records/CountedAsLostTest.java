package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.JsonlOptions.Force;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, a decision is a line in a file or counted as lost, and never both. */
class CountedAsLostTest {

    private static final int DECISIONS = 1_000;

    @TempDir
    private Path folder;

    /** The log of the failure fails, too, as it would when there is no memory. */
    @Test
    void recordThatCannotBeMadeLosesNoOtherOneUncounted() throws IOException {
        JsonlDecisionLog log = log(Force.ON_CLOSE, CountedAsLostTest::onDisk, event -> {
            if (event.request().endsWith("7")) {
                throw new Unspeakable();
            }
            return event.request();
        });

        assertThat(log.lost()).isEqualTo(DECISIONS / 10);
        assertThat(log.written()).isEqualTo(lines()).isEqualTo(DECISIONS * 9 / 10);
    }

    @Test
    void batchesThatFindNoMemoryAreCountedWhole() throws IOException {
        JsonlDecisionLog log = log(
                Force.ON_CLOSE,
                file -> {
                    throw new Unspeakable();
                },
                DecisionEvent::request);

        assertThat(log.lost()).isEqualTo(DECISIONS);
        assertThat(log.written()).isZero();
    }

    @Test
    void batchThatCannotBeForcedIsTakenBack() throws IOException {
        JsonlDecisionLog log = log(Force.EACH_BATCH, file -> new Unforced(onDisk(file)), DecisionEvent::request);

        assertThat(log.lost()).isEqualTo(DECISIONS - lines());
        assertThat(log.written()).isEqualTo(lines());
        assertThat(log.lost()).isPositive();
    }

    /** Logs all decisions and closes. */
    private JsonlDecisionLog log(Force force, RecordFiles.Opener opener, Function<DecisionEvent, String> line) {
        JsonlOptions options = JsonlOptions.defaults().capacity(2 * DECISIONS);
        JsonlDecisionLog log = JsonlDecisionLog.open(new RecordFiles(folder, 1 << 20, force, opener), options, line);
        ConversionModel model = LoggedDecisions.model();
        PolicyEngine engine = PolicyEngine.of(LoggedDecisions.policy());
        Random random = new Random(5);
        for (int i = 0; i < DECISIONS; i++) {
            DecisionEvent event = DecisionEvent.decide(
                    engine,
                    model.scorer(),
                    model.schema().read(RandomUsers.user(random)),
                    DecisionContext.NONE,
                    "request " + i,
                    null);
            log.decided(event, 0);
        }
        log.close();
        return log;
    }

    private long lines() throws IOException {
        long lines = 0;
        for (Path file : JsonlDecisionLog.files(folder)) {
            lines += Files.readAllLines(file).size();
        }
        return lines;
    }

    /** An error that whoever writes it down fails by. */
    private static final class Unspeakable extends OutOfMemoryError {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("planted");
        }
    }

    private static FileChannel onDisk(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A file that can be forced once. */
    private static final class Unforced extends FileChannel {

        private final FileChannel file;
        private int forced;

        Unforced(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return file.write(bytes);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (forced++ > 0) {
                throw new IOException("planted");
            }
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            return file.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer bytes, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer bytes, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
