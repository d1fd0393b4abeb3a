package io.conversion.workbench.console;

import io.conversion.model.data.CsvSignals;
import io.conversion.policy.DecisionContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The columns of a file of users that hold what a host knows of them beside the signals. */
public final class ContextColumns {

    @Mixin
    private KeyColumn key;

    @Option(
            names = "--previous",
            paramLabel = "COLUMN",
            order = 2,
            description = "The column of the segment of the decision before, which a margin holds; a user without one"
                    + " gets the plain band (default: none).")
    private @Nullable String previous;

    public void keepIn(UserFile file) {
        key.keepIn(file);
        if (previous != null) {
            file.keep(previous, "the previous segment");
        }
    }

    /** The same in a file whose users nothing is decided on. */
    public void passOverIn(UserFile file) {
        key.passOverIn(file);
        if (previous != null) {
            file.passOver(previous, "the previous segment");
        }
    }

    public boolean areGiven() {
        return key.isGiven() || previous != null;
    }

    public DecisionContext of(CsvSignals.Row row) {
        String userKey = key.of(row);
        String segment = previous == null ? "" : row.kept().getOrDefault(previous, "");
        DecisionContext context = userKey.isEmpty() ? DecisionContext.NONE : DecisionContext.NONE.userKey(userKey);
        return segment.isEmpty() ? context : context.previousSegment(segment);
    }

    /** The column of keys, among these. */
    public KeyColumn key() {
        return key;
    }
}
