package io.conversion.experiments.data;

import io.conversion.experiments.Metric;
import io.conversion.experiments.UserTable;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain table of an experiment: a CSV file with a row for each user, or several, the arm in one column and outcomes in
 * others; and, where people have them, the events of users in a second file. Nothing is left out or put together without a
 * {@linkplain io.conversion.experiments.Finding finding} that says so. Not safe for use by several threads at once.
 */
public final class CsvExperiment {

    final Path data;

    /** Without one, all users are in one arm. */
    final @Nullable String arm;

    private final List<String> written;
    CsvDialect dialect = CsvDialect.plain();
    List<String> arms = List.of();
    List<String> covariates = List.of();

    @Nullable
    String assignedAt;

    @Nullable
    String measuredAt;

    @Nullable
    String unit;

    @Nullable
    String cluster;

    @Nullable
    String positive;

    private @Nullable Path events;

    private CsvExperiment(Path data, @Nullable String arm, List<String> written) {
        this.data = data;
        this.arm = arm;
        this.written = List.copyOf(written);
    }

    /**
     * Starts at a file.
     *
     * @param data the file
     * @param arm the column that names the arm of a row
     * @param outcomes what is measured, as {@link Outcome#parse} reads it, the primary one first; at least one
     * @return what reads it: each row is a user
     */
    public static CsvExperiment of(Path data, String arm, List<String> outcomes) {
        return new CsvExperiment(data, arm, outcomes);
    }

    /**
     * Starts at a file of users who are in no experiment, to plan one: all of them are in one arm.
     *
     * @param data the file
     * @param outcomes what is measured, as {@link Outcome#parse} reads it; at least one
     * @return what reads it: each row is a user
     */
    public static CsvExperiment ofPastUsers(Path data, List<String> outcomes) {
        return new CsvExperiment(data, null, outcomes);
    }

    /**
     * Says how the files are spelt.
     *
     * @param spelling the dialect
     * @return this
     */
    public CsvExperiment dialect(CsvDialect spelling) {
        dialect = spelling;
        return this;
    }

    /**
     * Says which column tells users apart: rows of one user are put together.
     *
     * @param column the column; null if each row is a user
     * @return this
     */
    public CsvExperiment unit(@Nullable String column) {
        unit = column;
        return this;
    }

    /**
     * Says which column tells clusters of users apart, such as shops or households.
     *
     * @param column the column; null if users are independent
     * @return this
     */
    public CsvExperiment cluster(@Nullable String column) {
        cluster = column;
        return this;
    }

    /**
     * Adds the file of what users did: any number of rows for a user, named by the column of {@link #unit}.
     *
     * @param file the file; null for none
     * @return this
     */
    public CsvExperiment events(@Nullable Path file) {
        events = file;
        return this;
    }

    /**
     * Names the columns that were known before the assignment.
     *
     * @param columns the columns
     * @return this
     */
    public CsvExperiment covariates(List<String> columns) {
        covariates = List.copyOf(columns);
        return this;
    }

    /**
     * Says which columns tell when the user of a row was assigned and when the covariates of the row were measured. A covariate
     * that was measured later is none, since the treatment may have changed it.
     *
     * @param assigned the column of the assignment, moments with a zone or days such as 2026-12-01; null for none
     * @param measured the column of the covariates, likewise; null for none
     * @return this
     */
    public CsvExperiment moments(@Nullable String assigned, @Nullable String measured) {
        assignedAt = assigned;
        measuredAt = measured;
        return this;
    }

    /**
     * Says which text of outcomes counts as 1; any other text counts as 0 then, and numbers stay numbers.
     *
     * @param text the text; null where outcomes are numbers, or true and false, or yes and no
     * @return this
     */
    public CsvExperiment positive(@Nullable String text) {
        positive = text;
        return this;
    }

    /**
     * Reads the rows of some arms only.
     *
     * @param names the arms; none for all
     * @return this
     */
    public CsvExperiment arms(List<String> names) {
        arms = List.copyOf(names);
        return this;
    }

    /**
     * Reads the files.
     *
     * @param progress told how many bytes of the first file have been read
     * @return the users, and a metric for each outcome: a share of users where all numbers are 0 or 1
     * @throws IOException if a file cannot be read
     * @throws InvalidDataException with all that is wrong with a file
     */
    public Users read(LongConsumer progress) throws IOException {
        List<String> header = CsvColumns.header(data, dialect);
        List<String> ofEvents = events == null ? List.of() : CsvColumns.header(events, dialect);
        UserRows rows = new UserRows(this, header, outcomes(header, ofEvents));
        rows.readUsers(progress);
        if (events != null) {
            rows.readEvents(events, ofEvents);
        }
        return rows.users();
    }

    boolean hasEvents() {
        return events != null;
    }

    private List<Outcome> outcomes(List<String> header, List<String> ofEvents) {
        Set<String> known = new LinkedHashSet<>(header);
        known.addAll(ofEvents);
        List<Outcome> outcomes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String text : written) {
            try {
                outcomes.add(Outcome.parse(text, List.copyOf(known)));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (events != null && unit == null) {
            problems.add("events need the column that tells users apart; name it as the unit");
        }
        if ((assignedAt == null) != (measuredAt == null)) {
            problems.add("whether a covariate was measured before takes two columns: when users were assigned, and when"
                    + " the covariates were measured");
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(String.join("; ", problems));
        }
        return outcomes;
    }

    /**
     * The users of a table and what is measured of them.
     *
     * @param table the users
     * @param metrics a metric for each outcome, in their order, none of them primary yet
     */
    public record Users(UserTable table, List<Metric> metrics) {

        /** Copies the list. {@inheritDoc} */
        public Users {
            metrics = List.copyOf(metrics);
        }
    }
}
