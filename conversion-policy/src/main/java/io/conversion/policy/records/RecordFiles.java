package io.conversion.policy.records;

import io.conversion.policy.records.JsonlOptions.Force;
import io.conversion.policy.signing.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbered files of a log. Each is created anew and written by one process only, so that none is ever overwritten and
 * a line that was cut is never written on. A file that others remove, replace or cut while it is written is given up, and
 * its lines are told. For one thread.
 */
final class RecordFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFiles.class);
    private static final Pattern NAME = Pattern.compile("decisions-([0-9]{9})\\.jsonl");

    /** How often in a row a batch may go to a file that is gone as soon as it is written. */
    private static final int MOST_FILES = 3;

    private final Path folder;
    private final long maxBytes;
    private final Force force;
    private final Opener opener;
    private final long rollNanos;
    private final @Nullable SigningKey key;
    private @Nullable OpenFile open;

    /** The lines of files that were found gone, and not told yet. */
    private long gone;

    RecordFiles(Path folder, long maxBytes, Force force) {
        this(folder, maxBytes, force, Duration.ZERO, null, RecordFiles::createNew);
    }

    RecordFiles(Path folder, long maxBytes, Force force, Opener opener) {
        this(folder, maxBytes, force, Duration.ZERO, null, opener);
    }

    RecordFiles(Path folder, JsonlOptions options) {
        this(
                folder,
                options.maxFileBytes(),
                options.force(),
                options.rollEvery(),
                options.key(),
                RecordFiles::createNew);
    }

    private RecordFiles(
            Path folder, long maxBytes, Force force, Duration rollEvery, @Nullable SigningKey key, Opener opener) {
        this.key = key;
        this.opener = opener;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.force = force;
        this.rollNanos = rollEvery.toNanos();
    }

    private static FileChannel createNew(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** All files of the folder, the oldest first. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(name(file)).matches())
                    .sorted()
                    .toList();
        }
    }

    /** The last file, if its last line is cut. */
    static Optional<Path> cut(Path folder) throws IOException {
        List<Path> files = in(folder);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Path last = files.get(files.size() - 1);
        try (FileChannel channel = FileChannel.open(last, StandardOpenOption.READ)) {
            ByteBuffer end = ByteBuffer.allocate(1);
            boolean cut = channel.size() > 0 && channel.read(end, channel.size() - 1) == 1 && end.get(0) != '\n';
            return cut ? Optional.of(last) : Optional.empty();
        }
    }

    /** Writes whole lines, all into one file. */
    void write(ByteBuffer lines) throws IOException {
        write(lines, 1);
    }

    /** Writes whole lines, so many of them, all into one file, and into another one if that is gone. */
    void write(ByteBuffer lines, int count) throws IOException {
        if (!isStillThere()) {
            giveUp();
        }
        OpenFile current = open;
        if (current != null
                && current.bytes > 0
                && (current.bytes + lines.remaining() > maxBytes || current.isOlderThan(rollNanos))) {
            close();
        }
        for (int files = 0; files < MOST_FILES; files++) {
            append(lines.duplicate(), count);
            if (isStillThere()) {
                return;
            }
            // The batch goes to the next file; what was in this one before is gone with it.
            Objects.requireNonNull(open).lines -= count;
            giveUp();
        }
        throw new IOException("the files are gone as soon as they are written");
    }

    private void append(ByteBuffer lines, int count) throws IOException {
        OpenFile file = open;
        if (file == null) {
            file = create();
            open = file;
        }
        ByteBuffer signed = file.signer == null ? lines : file.signer.signed(lines);
        int bytes = signed.remaining();
        while (signed.hasRemaining()) {
            file.channel.write(signed);
        }
        if (force == Force.EACH_BATCH) {
            file.channel.force(false);
        }
        // Not before: a batch that is not forced as declared is taken back.
        file.bytes += bytes;
        file.lines += count;
    }

    /** Looks after the file while nothing is written: whether it is there, and whether its time is over. */
    void look() throws IOException {
        if (!isStillThere()) {
            giveUp();
        } else if (open != null && open.bytes > 0 && open.isOlderThan(rollNanos)) {
            close();
        }
    }

    /** How many lines were written to files that others removed since this was asked last. */
    long takeGone() {
        long lines = gone;
        gone = 0;
        return lines;
    }

    /** Whether the name still leads to the file that is written, with everything that was written to it. */
    private boolean isStillThere() {
        OpenFile file = open;
        if (file == null) {
            return true;
        }
        try {
            BasicFileAttributes found = Files.readAttributes(file.path, BasicFileAttributes.class);
            return Objects.equals(found.fileKey(), file.key) && found.size() >= file.bytes;
        } catch (IOException e) {
            return false;
        }
    }

    private void giveUp() {
        OpenFile file = open;
        open = null;
        if (file == null) {
            return;
        }
        gone += file.lines;
        LOG.warn(
                "the file of decisions {} was removed, replaced or cut while it was written: the {} decisions that were"
                        + " in it count as lost; another file is begun",
                file.path,
                file.lines);
        try {
            file.channel.close();
        } catch (IOException e) {
            LOG.debug("a file that is gone was not closed", e);
        }
    }

    private OpenFile create() throws IOException {
        long number = 1;
        for (Path file : in(folder)) {
            Matcher name = NAME.matcher(name(file));
            number = name.matches() ? Long.parseLong(name.group(1)) + 1 : number;
        }
        while (true) {
            try {
                Path path = folder.resolve(String.format(Locale.ROOT, "decisions-%09d.jsonl", number));
                return new OpenFile(path, opener.open(path), key);
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker.
                number++;
            }
        }
    }

    /**
     * Takes back the batch that could not be written, and gives up the file; what follows goes to another one. A file
     * that has nothing else is deleted, so that a full disk is not filled with names.
     */
    void abandon() {
        OpenFile file = open;
        open = null;
        if (file == null) {
            return;
        }
        try (FileChannel channel = file.channel) {
            channel.truncate(file.bytes);
            if (file.bytes == 0) {
                Files.delete(file.path);
            }
        } catch (IOException e) {
            // It failed before, which has been said.
        }
    }

    void close() throws IOException {
        if (!isStillThere()) {
            giveUp();
        }
        OpenFile file = open;
        open = null;
        if (file != null) {
            try (FileChannel channel = file.channel) {
                channel.force(true);
            }
        }
    }

    /** Creates a file, and fails if there is one. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** The file that is written, and what is in it: the bytes and lines of whole batches. */
    private static final class OpenFile {

        private final Path path;
        private final FileChannel channel;
        private final @Nullable Object key;
        private final @Nullable LineSigner signer;
        private final long opened = System.nanoTime();
        private long bytes;
        private long lines;

        OpenFile(Path path, FileChannel channel, @Nullable SigningKey key) {
            this.path = path;
            this.signer = key == null ? null : new LineSigner(key);
            this.channel = channel;
            this.key = keyOf(path);
        }

        /** What tells a file from another one of its name; null where a file system does not say. */
        private static @Nullable Object keyOf(Path path) {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            } catch (IOException e) {
                // It is gone already, which shows when it is looked for.
                return null;
            }
        }

        boolean isOlderThan(long nanos) {
            return nanos > 0 && System.nanoTime() - opened >= nanos;
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
