package io.conversion.core.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file completely or not at all: to a sibling, forced to the disk, which then takes the name of the target. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes text, in UTF-8. A reader sees the old content or the new one; after a failure the old file stands as it
     * was and the sibling is gone.
     *
     * @param file the target; its folder exists
     * @param text the content
     * @throws IOException if the content cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        write(
                file,
                text,
                sibling ->
                        Files.move(sibling, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /**
     * Writes text, in UTF-8, to a file that does not exist yet. Of several threads or processes that create one file at
     * once, one succeeds. A reader sees no file or the complete one.
     *
     * @param file the target; its folder exists, on a file system that has hard links
     * @param text the content
     * @throws FileAlreadyExistsException if the file exists, which stands as it was
     * @throws IOException if the content cannot be written
     */
    public static void create(Path file, String text) throws IOException {
        // A hard link, unlike a rename, never replaces what stands there.
        write(file, text, sibling -> {
            try {
                Files.createLink(file, sibling);
            } catch (UnsupportedOperationException e) {
                throw new IOException("its file system has no hard links, which keep two writers apart", e);
            }
        });
    }

    private static void write(Path file, String text, Naming naming) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory; give the name of a file to write");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " does not exist; create it before writing " + file);
        }
        Path sibling = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            writeAndForce(sibling, text.getBytes(StandardCharsets.UTF_8));
            naming.name(sibling);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
            throw new IOException(file + " was not written: " + (reason == null ? e.toString() : reason), e);
        } finally {
            Files.deleteIfExists(sibling);
        }
    }

    private static void writeAndForce(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Gives a complete sibling the name of the target. */
    @FunctionalInterface
    private interface Naming {
        void name(Path sibling) throws IOException;
    }
}
