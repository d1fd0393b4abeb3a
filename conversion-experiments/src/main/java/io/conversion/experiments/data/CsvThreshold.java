package io.conversion.experiments.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.threshold.ThresholdUsers;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.InvalidDataException;
import io.conversion.policy.Decision.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain table of decisions: a CSV file with a row for each, what the bound is on in one column and the outcome in
 * another. Not safe for use by several threads at once.
 */
public final class CsvThreshold {

    /** So many problems are named; the others are counted. */
    private static final int NAMED_PROBLEMS = 10;

    private final Path data;
    private final String running;
    private final String outcome;
    private CsvDialect dialect = CsvDialect.plain();
    private List<String> covariates = List.of();
    private @Nullable String treated;
    private @Nullable String reason;
    private @Nullable String unit;
    private @Nullable String positive;

    private CsvThreshold(Path data, String running, String outcome) {
        this.data = data;
        this.running = running;
        this.outcome = outcome;
    }

    /**
     * Starts at a file.
     *
     * @param data the file
     * @param running the column of what the bound is on, such as the probability
     * @param outcome the column of the outcome: numbers, or true and false, or yes and no
     * @return what reads it: each row is a user, and all got what the bound says
     */
    public static CsvThreshold of(Path data, String running, String outcome) {
        return new CsvThreshold(data, running, outcome);
    }

    /**
     * Says how the file is spelt.
     *
     * @param spelling the dialect
     * @return this
     */
    public CsvThreshold dialect(CsvDialect spelling) {
        dialect = spelling;
        return this;
    }

    /**
     * Says which column tells who got the action that begins at the bound.
     *
     * @param column the column, of 1 and 0, true and false, or yes and no; null if all got what the bound says
     * @return this
     */
    public CsvThreshold treated(@Nullable String column) {
        treated = column;
        return this;
    }

    /**
     * Says which column tells why a decision is what it is.
     *
     * @param column the column, with the reasons of decision records: {@code band}, {@code held_band}, {@code guardrail},
     *     {@code control}, {@code exploration} and those of fallbacks, whose rows are left out; null if the bound decided
     *     about all
     * @return this
     */
    public CsvThreshold reason(@Nullable String column) {
        reason = column;
        return this;
    }

    /**
     * Says which column tells users apart who may have several rows.
     *
     * @param column the column; null if each row is a user
     * @return this
     */
    public CsvThreshold unit(@Nullable String column) {
        unit = column;
        return this;
    }

    /**
     * Names the columns that were known before the decision.
     *
     * @param columns the columns, of numbers, or true and false, or yes and no
     * @return this
     */
    public CsvThreshold covariates(List<String> columns) {
        covariates = List.copyOf(columns);
        return this;
    }

    /**
     * Says which text of the outcome counts as 1; any other text counts as 0 then, and numbers stay numbers.
     *
     * @param text the text; null where outcomes are numbers, or true and false, or yes and no
     * @return this
     */
    public CsvThreshold positive(@Nullable String text) {
        positive = text;
        return this;
    }

    /**
     * Reads the file.
     *
     * @param progress told how many bytes of the file have been read
     * @return the rows
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException with what is wrong with the file
     */
    public Read read(LongConsumer progress) throws IOException {
        List<String> columns = new ArrayList<>(List.of(running, outcome));
        columns.add(treated == null ? running : treated);
        columns.add(reason == null ? running : reason);
        columns.add(unit == null ? running : unit);
        columns.addAll(covariates);
        Reading reading = new Reading();
        try (CsvColumns file = CsvColumns.open(data, dialect, columns, progress)) {
            while (file.hasNext()) {
                CsvColumns.Row row = file.next();
                if (row.problem().isEmpty()) {
                    reading.row(row);
                } else {
                    reading.problem(row.problem());
                }
            }
        }
        return reading.read();
    }

    /**
     * What was read.
     *
     * @param users the decisions
     * @param incomplete how many rows were left out since a cell was empty
     * @param fallbacks how many rows were left out since no band decided
     */
    public record Read(ThresholdUsers users, long incomplete, long fallbacks) {}

    /** One pass over the file. */
    private final class Reading {

        private final ThresholdRows rows = new ThresholdRows(covariates);
        private final List<String> problems = new ArrayList<>();
        private long problemCount;
        private long count;
        private long incomplete;
        private long fallbacks;

        void row(CsvColumns.Row row) {
            count++;
            Optional<Reason> why = reason == null ? Optional.of(Reason.BAND) : reason(row);
            if (why.isPresent() && why.get().isFallback()) {
                fallbacks++;
            } else if (row.cells().stream().anyMatch(String::isEmpty)) {
                incomplete++;
            } else if (why.isPresent()) {
                double value = number(row, 0, running, null);
                rows.add(
                        value,
                        number(row, 1, outcome, positive),
                        ThresholdRows.decider(why.get()).orElseThrow(),
                        treated != null && isTrue(row, treated),
                        unit == null ? Long.toString(count) : row.cells().get(4),
                        IntStream.range(0, covariates.size())
                                .mapToDouble(k -> number(row, 5 + k, covariates.get(k), null))
                                .toArray());
            }
        }

        private Optional<Reason> reason(CsvColumns.Row row) {
            String text = row.cells().get(3);
            Optional<Reason> known = Arrays.stream(Reason.values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst();
            if (known.isEmpty() && !text.isEmpty()) {
                problem("line " + row.line() + ": " + ArtifactText.quoted(text)
                        + " is no reason of a decision; it must be band, held_band, guardrail, control, exploration, or that"
                        + " of a fallback");
            }
            return known;
        }

        private double number(CsvColumns.Row row, int cell, String column, @Nullable String one) {
            String text = row.cells().get(cell);
            OptionalDouble number = dialect.number(text);
            if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
                return number.getAsDouble();
            } else if (one != null) {
                return text.equals(one) ? 1 : 0;
            }
            OptionalDouble truth = TruthTexts.number(text);
            if (truth.isEmpty()) {
                problem("line " + row.line() + ": " + ArtifactText.quoted(text) + " in column "
                        + ArtifactText.quoted(column) + " is neither a number nor true, false, yes or no"
                        + CsvColumns.spellingOf(text, dialect));
            }
            return truth.orElse(0);
        }

        private boolean isTrue(CsvColumns.Row row, String column) {
            double number = number(row, 2, column, null);
            if (number != 0 && number != 1) {
                problem(
                        "line " + row.line() + ": "
                                + ArtifactText.quoted(row.cells().get(2)) + " in column "
                                + ArtifactText.quoted(column)
                                + " does not tell whether the user got the action; it must be 1 or 0, true or false, yes or no");
            }
            return number == 1;
        }

        void problem(String problem) {
            problemCount++;
            if (problems.size() < NAMED_PROBLEMS) {
                problems.add(problem);
            }
        }

        Read read() {
            if (problemCount > 0) {
                throw new InvalidDataException(data.getFileName() + ": " + String.join("; ", problems)
                        + (problemCount > problems.size()
                                ? "; and " + (problemCount - problems.size()) + " more"
                                : ""));
            }
            return new Read(rows.users(treated != null), incomplete, fallbacks);
        }
    }
}
