package io.conversion.workbench.console;

import io.conversion.model.data.CsvSignals;
import io.conversion.policy.DecisionContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The columns of a file of users that hold what a host knows of them beside the signals. */
public final class ContextColumns {

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            order = 2,
            description = "The column of the user's key, by which a control group is drawn; a user without one is"
                    + " outside of it (default: none).")
    private @Nullable String key;

    @Option(
            names = "--previous",
            paramLabel = "COLUMN",
            order = 2,
            description = "The column of the segment of the decision before, which a margin holds; a user without one"
                    + " gets the plain band (default: none).")
    private @Nullable String previous;

    public void keepIn(UserFile file) {
        if (key != null) {
            file.keep(key, "the key");
        }
        if (previous != null) {
            file.keep(previous, "the previous segment");
        }
    }

    /** The same in a file whose users nothing is decided on. */
    public void passOverIn(UserFile file) {
        if (key != null) {
            file.passOver(key, "the key");
        }
        if (previous != null) {
            file.passOver(previous, "the previous segment");
        }
    }

    public boolean areGiven() {
        return key != null || previous != null;
    }

    public DecisionContext of(CsvSignals.Row row) {
        String userKey = text(row, key);
        String segment = text(row, previous);
        DecisionContext context = userKey.isEmpty() ? DecisionContext.NONE : DecisionContext.NONE.userKey(userKey);
        return segment.isEmpty() ? context : context.previousSegment(segment);
    }

    private static String text(CsvSignals.Row row, @Nullable String column) {
        return column == null ? "" : row.kept().getOrDefault(column, "");
    }
}
