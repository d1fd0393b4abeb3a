package io.conversion.workbench.console;

import io.conversion.model.data.CsvSignals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the column of users' keys, by which what is written of users can be joined. */
public final class KeyColumn {

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            order = 2,
            description = "The column of the user's key, which is no signal and stands beside each user in what is"
                    + " written, so that files can be joined. A policy draws its control group by it; a user without"
                    + " one is outside of it (default: none).")
    private @Nullable String column;

    public boolean isGiven() {
        return column != null;
    }

    public void keepIn(UserFile file) {
        if (column != null) {
            file.keep(column, "the key");
        }
    }

    /** The same in a file of which no key is written. */
    void passOverIn(UserFile file) {
        if (column != null) {
            file.passOver(column, "the key");
        }
    }

    /** The key of a user as the file has it; empty if there is no column, or nothing but blanks in it. */
    public String of(CsvSignals.Row row) {
        String key = column == null ? "" : row.kept().getOrDefault(column, "");
        return key.isBlank() ? "" : key;
    }

    /** Counts the keys that are empty or repeated; nothing if there is no column. */
    public KeyCount count() {
        return new KeyCount(isGiven());
    }
}
