package io.conversion.policy.records;

import io.conversion.policy.records.JsonlOptions.Force;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbered files of a log. Each is created anew and written by one process only, so that none is ever overwritten and
 * a line that was cut is never written on. For one thread.
 */
final class RecordFiles {

    private static final Pattern NAME = Pattern.compile("decisions-([0-9]{9})\\.jsonl");

    private final Path folder;
    private final long maxBytes;
    private final Force force;
    private final Opener opener;
    private @Nullable Path path;
    private @Nullable FileChannel channel;

    /** The bytes of the file that were written in whole batches. */
    private long written;

    RecordFiles(Path folder, long maxBytes, Force force) {
        this(
                folder,
                maxBytes,
                force,
                file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    RecordFiles(Path folder, long maxBytes, Force force, Opener opener) {
        this.opener = opener;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.force = force;
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
        if (channel != null && written > 0 && written + lines.remaining() > maxBytes) {
            close();
        }
        FileChannel file = channel;
        if (file == null) {
            file = create();
            channel = file;
            written = 0;
        }
        int bytes = lines.remaining();
        while (lines.hasRemaining()) {
            file.write(lines);
        }
        if (force == Force.EACH_BATCH) {
            file.force(false);
        }
        // Not before: a batch that is not forced as declared is taken back.
        written += bytes;
    }

    private FileChannel create() throws IOException {
        long number = 1;
        for (Path file : in(folder)) {
            Matcher name = NAME.matcher(name(file));
            number = name.matches() ? Long.parseLong(name.group(1)) + 1 : number;
        }
        while (true) {
            try {
                path = folder.resolve(String.format(Locale.ROOT, "decisions-%09d.jsonl", number));
                return opener.open(path);
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
        Path name = path;
        FileChannel file = channel;
        channel = null;
        if (file == null || name == null) {
            return;
        }
        try (file) {
            file.truncate(written);
            if (written == 0) {
                Files.delete(name);
            }
        } catch (IOException e) {
            // It failed before, which has been said.
        }
    }

    void close() throws IOException {
        FileChannel file = channel;
        channel = null;
        if (file != null) {
            try (file) {
                file.force(true);
            }
        }
    }

    /** Creates a file, and fails if there is one. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
