package io.conversion.workbench.policies;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.policy.review.Flip;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.Stream;

/** Writes the users whose action changes as CSV. For one thread. */
final class FlipLines implements AutoCloseable {

    private final CsvWriter csv;

    private final boolean keyed;

    FlipLines(Writer writer, boolean keyed) {
        this.keyed = keyed;
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        write("row", "key", "probability", "before", "action_before", "after", "action_after");
    }

    void write(Flip flip, String key) {
        write(
                String.valueOf(flip.user()),
                key,
                Double.isNaN(flip.probability()) ? "" : Double.toString(flip.probability()),
                ImpactTables.name(flip.before()),
                flip.before().action(),
                ImpactTables.name(flip.after()),
                flip.after().action());
    }

    private void write(String row, String key, String... rest) {
        Stream<String> first = keyed ? Stream.of(row, key) : Stream.of(row);
        csv.writeRecord(Stream.concat(first, Arrays.stream(rest)).toArray(String[]::new));
    }

    /** Hands on what was written; the writer stays open. */
    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
