package io.conversion.workbench.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error, for work that takes longer than a second and only on a terminal. */
public final class Progress implements LongConsumer, AutoCloseable {

    private static final int WIDTH = 79;
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final String task;
    private final String unit;
    private final long unitSize;
    private final long all;
    private final boolean shown = isTerminal();
    private final long start = System.nanoTime();
    private @Nullable ProgressBar bar;
    private long last;
    private int pass = 1;

    private Progress(String task, String unit, long unitSize, long all) {
        this.task = task;
        this.unit = unit;
        this.unitSize = unitSize;
        this.all = all;
    }

    /** The reading of a file, to be told the bytes read. */
    public static Progress ofReading(Path file) throws IOException {
        return new Progress("reading " + file.getFileName(), " MB", 1_000_000, Files.size(file));
    }

    /** The reading of several files, to be told the bytes read of each in turn. */
    public static Progress ofReading(List<Path> files) throws IOException {
        long largest = 0;
        for (Path file : files) {
            largest = Math.max(largest, Files.size(file));
        }
        return new Progress("reading", " MB", 1_000_000, largest);
    }

    /** The writing of users, to be told how many were written. */
    public static Progress ofUsers(long users) {
        return new Progress("generating", "", 1, users);
    }

    @Override
    public void accept(long done) {
        if (done < last) {
            // The file is read once more.
            close();
            pass++;
        }
        last = done;
        if (bar == null && shown && System.nanoTime() - start > PATIENCE_NANOS) {
            bar = bar();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(pass == 1 ? task : task + ", pass " + pass)
                .setInitialMax(all)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Whether standard error is a terminal: on Linux a link says what it is, elsewhere the console has to do. */
    private static boolean isTerminal() {
        Path link = Path.of("/proc/self/fd/2");
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        } else if (!Files.isSymbolicLink(link)) {
            return hasConsole();
        }
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException e) {
            return false;
        }
    }

    /** Up to Java 21 there is a console only if neither standard input nor output is redirected. */
    // To be removed when the workbench requires Java 22, whose consoles say whether they are terminals.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }
}
