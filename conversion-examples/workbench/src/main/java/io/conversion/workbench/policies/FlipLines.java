package io.conversion.workbench.policies;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.conversion.policy.review.Flip;
import java.io.IOException;
import java.io.Writer;

/** Writes the users whose action changes as CSV. For one thread. */
final class FlipLines implements AutoCloseable {

    private final CsvWriter csv;

    FlipLines(Writer writer) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord("row", "probability", "before", "action_before", "after", "action_after");
    }

    void write(Flip flip) {
        csv.writeRecord(
                String.valueOf(flip.user()),
                Double.isNaN(flip.probability()) ? "" : Double.toString(flip.probability()),
                ImpactTables.name(flip.before()),
                flip.before().action(),
                ImpactTables.name(flip.after()),
                flip.after().action());
    }

    /** Hands on what was written; the writer stays open. */
    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
