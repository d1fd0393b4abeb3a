package io.conversion.workbench.console;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that a command is to write, whatever its size: checked before the work begins, and replaced as a whole when it
 * is done.
 *
 * @param path the file, as the command line names it
 * @param target the file that is replaced, which may be what a link leads to
 */
public record OutputFile(Path path, Path target) {

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void write(Writer writer) throws IOException;
    }

    /** Refuses what cannot be written, and what the command reads. */
    public static OutputFile of(Path path, InputFiles inputs) throws IOException {
        if (Files.isDirectory(path)) {
            throw new RefusedInputException(path + " is a directory; give the name of a file to write");
        } else if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new RefusedInputException(path + " is not a regular file, and only such a file can be replaced");
        }
        Path folder = folder(path);
        if (!Files.isDirectory(folder)) {
            throw new RefusedInputException(
                    "the folder " + folder + " does not exist; create it before writing " + path);
        } else if (!Files.isWritable(folder)) {
            throw new RefusedInputException("the folder " + folder + " cannot be written to");
        }
        for (InputFiles.Input input : inputs.inputs()) {
            if (Files.exists(path) && Files.isSameFile(path, input.file())) {
                throw new RefusedInputException(
                        path + " is also read, as " + input.option() + "; write to another file");
            }
        }
        // A link stays a link: what it leads to is replaced.
        return new OutputFile(path, Files.exists(path) ? path.toRealPath() : path);
    }

    /**
     * Writes text in UTF-8 to a sibling and renames it, so that the file has the whole content, or after a failure what
     * it had before.
     */
    public void write(Content content) throws IOException {
        Path sibling = folder(target).resolve("." + target.getFileName() + "-" + UUID.randomUUID() + ".part");
        // For the user who interrupts the command; the block below does not run then.
        sibling.toFile().deleteOnExit();
        try {
            try (FileChannel channel =
                            FileChannel.open(sibling, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    Writer writer = new BufferedWriter(new OutputStreamWriter(
                            new NamedStream(path, Channels.newOutputStream(channel)), StandardCharsets.UTF_8))) {
                content.write(writer);
                writer.flush();
                channel.force(true);
            }
            Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(sibling);
        }
    }

    /** Writes a whole text and says so. */
    public void write(String text, PrintWriter out) throws IOException {
        write(writer -> writer.write(text));
        out.println("wrote " + path);
    }

    private static Path folder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? path.toAbsolutePath() : folder;
    }

    /** Says which file a full disk or a lost mount is about. */
    private static final class NamedStream extends FilterOutputStream {

        private final Path path;

        private NamedStream(Path path, OutputStream out) {
            super(out);
            this.path = path;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
                named.initCause(e);
                throw named;
            }
        }
    }
}
