package io.conversion.experiments.data;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.records.DecisionRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reads files of decision records, line by line. */
final class RecordLines {

    private RecordLines() {}

    /**
     * Reads files one behind the other.
     *
     * @param progress told how many bytes of all of them have been read
     * @param unreadable told of each line that is no record, or was altered or cut
     * @return how many lines there were that are not blank
     */
    static long read(List<Path> files, LongConsumer progress, Consumer<DecisionRecord> records, Runnable unreadable)
            throws IOException {
        long lines = 0;
        long before = 0;
        for (Path file : files) {
            long start = before;
            long size = Files.size(file);
            long read = 0;
            // What is no text in UTF-8, such as a character that was cut, becomes a line that cannot be read, and is
            // counted as one.
            try (BufferedReader text =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    read += line.length() + 1;
                    progress.accept(start + Math.min(read, size));
                    if (!line.isBlank()) {
                        lines++;
                        line(line, records, unreadable);
                    }
                }
            }
            before += size;
        }
        return lines;
    }

    private static void line(String line, Consumer<DecisionRecord> records, Runnable unreadable) {
        DecisionRecord record;
        try {
            record = DecisionRecord.fromJson(line);
        } catch (InvalidArtifactException e) {
            unreadable.run();
            return;
        }
        records.accept(record);
    }
}
