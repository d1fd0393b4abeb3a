package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.DayRange;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@link EventLog} from three CSV files: signups (user, day), events (user, day, kind, amount) and purchases
 * (user, day).
 *
 * <p>A day is an ISO date such as 2022-10-30, or a date and a time with a T or a space between them; the day is the one
 * that is written, whatever the offset. Without a column of kinds all events are of the kind {@code event}; an empty
 * amount is none. A row with a bad cell, of a user without a signup, before the signup of its user, or a second signup
 * is counted, and refused unless so many are tolerated; then it is left out. So is a row whose day lies far away from all
 * others ({@link DayRange}): without a declared end it would end the observation, or stretch it. Other columns are passed
 * over.
 *
 * <p>The setters change this reader and return it. For one thread.
 */
public final class CsvEventLog {

    /** How many bad rows a message names; the others are counted. */
    private static final int NAMED = 10;

    private final Path signups;
    private final Path events;
    private final Path purchases;
    private String user = "user";
    private String signupDay = "day";
    private String eventDay = "day";
    private String purchaseDay = "day";
    private @Nullable String kind;
    private @Nullable String amount;
    private List<String> attributes = List.of();
    private @Nullable LocalDate observedUntil;
    private @Nullable LocalDate latest;
    private CsvDialect dialect = CsvDialect.plain();
    private long tolerated;
    private LongConsumer progress = bytes -> {};

    private CsvEventLog(Path signups, Path events, Path purchases) {
        this.signups = signups;
        this.events = events;
        this.purchases = purchases;
    }

    /**
     * Names the files.
     *
     * @param signups one row for each user
     * @param events one row for each event
     * @param purchases one row for each purchase; all but the first of a user are renewals
     * @return a reader that looks for the columns {@code user} and {@code day}, and for {@code kind} and {@code amount}
     *     where there are such
     */
    public static CsvEventLog of(Path signups, Path events, Path purchases) {
        return new CsvEventLog(signups, events, purchases);
    }

    /**
     * Names the column of users in all three files.
     *
     * @param column the column
     * @return this reader
     */
    public CsvEventLog user(String column) {
        user = column;
        return this;
    }

    /**
     * Names the columns of days.
     *
     * @param signupColumn that of signups
     * @param eventColumn that of events
     * @param purchaseColumn that of purchases
     * @return this reader
     */
    public CsvEventLog days(String signupColumn, String eventColumn, String purchaseColumn) {
        signupDay = signupColumn;
        eventDay = eventColumn;
        purchaseDay = purchaseColumn;
        return this;
    }

    /**
     * Names the column of the kinds of events, which the file then has to have.
     *
     * @param column the column
     * @return this reader
     */
    public CsvEventLog kind(String column) {
        kind = column;
        return this;
    }

    /**
     * Names the column of the amounts of events, which the file then has to have.
     *
     * @param column the column
     * @return this reader
     */
    public CsvEventLog amount(String column) {
        amount = column;
        return this;
    }

    /**
     * Names columns of the signups that are known at signup and serve as categorical signals.
     *
     * @param columns the columns
     * @return this reader
     */
    public CsvEventLog attributes(List<String> columns) {
        attributes = List.copyOf(columns);
        return this;
    }

    /**
     * Takes days after one for slips, unless the end of observation is declared. Otherwise only days far away from all
     * others are.
     *
     * @param today the day on which the files are read
     * @return this reader
     */
    public CsvEventLog notAfter(LocalDate today) {
        latest = today;
        return this;
    }

    /**
     * States how all three files are spelt.
     *
     * @param given the separator of cells and the spelling of amounts
     * @return this reader
     */
    public CsvEventLog dialect(CsvDialect given) {
        dialect = given;
        return this;
    }

    /**
     * Declares the last day on which everything is known. Otherwise the last days of the events and of the purchases
     * are taken.
     *
     * @param day the day
     * @return this reader
     */
    public CsvEventLog observedUntil(LocalDate day) {
        observedUntil = day;
        return this;
    }

    /**
     * Tolerates bad rows, which are then left out and counted.
     *
     * @param rows the largest number of bad rows in all three files
     * @return this reader
     */
    public CsvEventLog tolerate(long rows) {
        tolerated = rows;
        return this;
    }

    /**
     * Listens to the progress of reading.
     *
     * @param listener told how many bytes of the file have been read, file after file
     * @return this reader
     */
    public CsvEventLog progress(LongConsumer listener) {
        progress = listener;
        return this;
    }

    /**
     * Reads the files.
     *
     * @return the log
     * @throws IOException if a file cannot be read
     * @throws InvalidDataException if their content is refused; the message counts the bad rows and names the first ten
     *     by file, line and column
     */
    public EventLog read() throws IOException {
        Reading reading = new Reading(EventLog.builder(attributes.toArray(String[]::new)));
        reading.log.days().notAfter(latest);
        try {
            readSignups(reading);
            readEvents(reading);
            readPurchases(reading);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        try {
            if (reading.log.hasUsers()) {
                noteOutlying(reading, reading.log.range(observedUntil));
            }
            reading.requireAtMost(tolerated);
            return reading.log.build(
                    observedUntil,
                    reading.log.range(observedUntil),
                    new LogCounts.LeftOut(reading.badCells, reading.unknown, reading.early, reading.repeated, 0));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(String.valueOf(e.getMessage()));
        }
    }

    private void noteOutlying(Reading reading, DayRange range) {
        for (LogDays.Outlying outlying : reading.log.days().outside(range, observedUntil != null)) {
            switch (outlying.table()) {
                case SIGNUPS -> reading.noteDay(signups, signupDay, outlying);
                case EVENTS -> reading.noteDay(events, eventDay, outlying);
                case PURCHASES -> reading.noteDay(purchases, purchaseDay, outlying);
            }
        }
    }

    private void readSignups(Reading reading) throws IOException {
        List<String> columns = new ArrayList<>(List.of(user, signupDay));
        columns.addAll(attributes);
        try (CsvColumns rows = CsvColumns.open(signups, dialect, columns, progress)) {
            while (rows.hasNext()) {
                CsvColumns.Row row = rows.next();
                Optional<Moment> day = reading.moment(signups, row, columns);
                if (day.isPresent()) {
                    String id = row.cells().get(0);
                    List<String> texts = row.cells().subList(2, row.cells().size());
                    reading.note(signups, row, id, reading.log.addSignup(id, day.get(), row.line(), texts));
                }
            }
        }
    }

    private void readEvents(Reading reading) throws IOException {
        List<String> header = CsvColumns.header(events, dialect);
        String kindColumn = kind != null ? kind : header.contains("kind") ? "kind" : "";
        String amountColumn = amount != null ? amount : header.contains("amount") ? "amount" : "";
        List<String> columns = new ArrayList<>(List.of(user, eventDay));
        // A column that is not there is read as the user's, and passed over below.
        columns.add(kindColumn.isEmpty() ? user : kindColumn);
        columns.add(amountColumn.isEmpty() ? user : amountColumn);
        try (CsvColumns rows = CsvColumns.open(events, dialect, columns, progress)) {
            while (rows.hasNext()) {
                CsvColumns.Row row = rows.next();
                Optional<Moment> day = reading.moment(events, row, columns);
                if (day.isEmpty()) {
                    continue;
                }
                String name = kindColumn.isEmpty() ? "event" : row.cells().get(2);
                String text = amountColumn.isEmpty() ? "" : row.cells().get(3);
                OptionalDouble number = dialect.number(text);
                if (name.isEmpty()) {
                    reading.badCell(events, row, kindColumn, "the kind is missing");
                } else if (!text.isEmpty() && number.isEmpty()) {
                    reading.badCell(
                            events,
                            row,
                            amountColumn,
                            ArtifactText.quoted(text) + " is not a number" + CsvColumns.spellingOf(text, dialect));
                } else {
                    String id = row.cells().get(0);
                    reading.note(
                            events,
                            row,
                            id,
                            reading.log.addEvent(id, day.get(), row.line(), name, number.orElse(Double.NaN)));
                }
            }
        }
    }

    private void readPurchases(Reading reading) throws IOException {
        List<String> columns = List.of(user, purchaseDay);
        try (CsvColumns rows = CsvColumns.open(purchases, dialect, columns, progress)) {
            while (rows.hasNext()) {
                CsvColumns.Row row = rows.next();
                Optional<Moment> day = reading.moment(purchases, row, columns);
                if (day.isPresent()) {
                    String id = row.cells().get(0);
                    reading.note(purchases, row, id, reading.log.addPurchase(id, day.get(), row.line()));
                }
            }
        }
    }

    /** What has been read so far, and what was wrong with it. */
    private static final class Reading {

        private final EventLog.Builder log;
        private final List<String> named = new ArrayList<>();
        private boolean unnamed;
        private long problems;
        private long badCells;
        private long unknown;
        private long early;
        private long repeated;

        private Reading(EventLog.Builder log) {
            this.log = log;
        }

        /** The moment of a row whose user and day can be read; their columns are the first two. */
        private Optional<Moment> moment(Path file, CsvColumns.Row row, List<String> columns) {
            if (!row.problem().isEmpty()) {
                badCells++;
                name(file.getFileName() + ": " + row.problem());
                return Optional.empty();
            } else if (row.cells().get(0).isEmpty()) {
                badCell(file, row, columns.get(0), "the user is missing");
                return Optional.empty();
            }
            String text = row.cells().get(1);
            Optional<Moment> moment = Moment.parse(text);
            if (moment.isEmpty()) {
                badCell(
                        file,
                        row,
                        columns.get(1),
                        text.isEmpty()
                                ? "the day is missing"
                                : ArtifactText.quoted(text) + " is not a day; write it like 2022-10-30");
            }
            return moment;
        }

        private void badCell(Path file, CsvColumns.Row row, String column, String problem) {
            badCells++;
            name(place(file, row.line(), column) + problem);
        }

        private void note(Path file, CsvColumns.Row row, String user, RowProblem problem) {
            switch (problem) {
                case NONE -> {
                    return;
                }
                case UNKNOWN_USER -> unknown++;
                case BEFORE_SIGNUP -> early++;
                case REPEATED_SIGNUP -> repeated++;
            }
            name(file.getFileName() + ": line " + row.line() + ": " + problem.sentence(user));
        }

        private void noteDay(Path file, String column, LogDays.Outlying outlying) {
            name(place(file, outlying.line(), column) + outlying.problem());
            problems += outlying.rows() - 1;
        }

        private static String place(Path file, long line, String column) {
            return file.getFileName() + ": line " + line + ", column " + ArtifactText.quoted(column) + ": ";
        }

        private void name(String problem) {
            problems++;
            if (named.size() < NAMED) {
                named.add(problem);
            } else {
                unnamed = true;
            }
        }

        private void requireAtMost(long tolerated) {
            if (problems > tolerated) {
                throw new InvalidDataException(
                        "there are " + problems + " bad rows, and " + tolerated + " are tolerated"
                                + (unnamed ? "; the first ten:" : ":") + "\n  "
                                + String.join("\n  ", named),
                        named);
            }
        }
    }
}
