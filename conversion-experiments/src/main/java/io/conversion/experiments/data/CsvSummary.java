package io.conversion.experiments.data;

import static io.conversion.experiments.Finding.Severity.NOTES;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Metric;
import io.conversion.experiments.SummaryTable;
import io.conversion.experiments.statistics.Sample;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables in which users are counted already: daily counts of each arm, or means and variances so far. Not safe for use by
 * several threads at once.
 *
 * <p>An outcome is {@code NAME=SUCCESSES/USERS}, counts that are added up over rows, or {@code NAME=mean(MEAN,VARIANCE,USERS)}, of
 * which the row holds all users until then. The arms are rows with their name in a column, files of their own, or columns with
 * an ending.
 */
public final class CsvSummary {

    private static final Pattern COUNTS = Pattern.compile("(.+?)=([^/]+)/([^/]+)");
    private static final Pattern MEANS = Pattern.compile("(.+?)=mean\\(([^,]+),([^,]+),([^,]+)\\)");

    private final List<String> written;
    private final List<Source> sources = new ArrayList<>();
    private CsvDialect dialect = CsvDialect.plain();

    @Nullable
    private String time;

    private List<String> series = List.of();

    private CsvSummary(List<String> written) {
        this.written = List.copyOf(written);
    }

    /** A file and how it names arms: in a column, by its own, or by the ends of its columns. */
    private record Source(Path file, @Nullable String armColumn, Map<String, String> endings) {}

    /** The columns of an outcome: two counts, or a mean, its variance and its users. */
    private record Columns(String name, List<String> columns) {
        boolean isShare() {
            return columns.size() == 2;
        }
    }

    /**
     * Starts at what is measured.
     *
     * @param outcomes the outcomes, the primary one first
     * @return what reads them, without a file yet
     */
    public static CsvSummary of(List<String> outcomes) {
        return new CsvSummary(outcomes);
    }

    /**
     * Adds a file with the arm of a row in a column.
     *
     * @param file the file
     * @param column the column
     * @return this
     */
    public CsvSummary rows(Path file, String column) {
        sources.add(new Source(file, column, Map.of()));
        return this;
    }

    /**
     * Adds a file of one arm.
     *
     * @param arm the arm
     * @param file the file
     * @return this
     */
    public CsvSummary arm(String arm, Path file) {
        sources.add(new Source(file, null, Map.of(arm, "")));
        return this;
    }

    /**
     * Adds a file whose rows hold all arms, in columns with different ends.
     *
     * @param file the file
     * @param endings the end of its columns by arm, such as {@code _c}
     * @return this
     */
    public CsvSummary columns(Path file, Map<String, String> endings) {
        sources.add(new Source(file, null, new LinkedHashMap<>(endings)));
        return this;
    }

    /**
     * Says how the files are spelt.
     *
     * @param spelling the dialect
     * @return this
     */
    public CsvSummary dialect(CsvDialect spelling) {
        dialect = spelling;
        return this;
    }

    /**
     * Names the column of the time of a row: rows of one time are a look.
     *
     * @param column the column; null to look once
     * @return this
     */
    public CsvSummary time(@Nullable String column) {
        time = column;
        return this;
    }

    /**
     * Names the columns that tell experiments apart which are in one file.
     *
     * @param columns the columns; none for one experiment
     * @return this
     */
    public CsvSummary series(List<String> columns) {
        series = List.copyOf(columns);
        return this;
    }

    /**
     * Reads the files.
     *
     * @return each experiment by its name, in the order of the files; one with an empty name without a series
     * @throws IOException if a file cannot be read
     * @throws InvalidDataException with what is wrong with a file
     */
    public Map<String, SummaryTable> read() throws IOException {
        Map<String, SeriesRows> rows = new LinkedHashMap<>();
        List<Columns> outcomes = outcomes();
        for (Source source : sources) {
            read(source, outcomes, rows);
        }
        Map<String, SummaryTable> tables = new LinkedHashMap<>();
        rows.forEach((name, of) -> tables.put(name, of.table()));
        if (tables.isEmpty()) {
            throw new InvalidDataException("the files have no rows");
        }
        return tables;
    }

    /**
     * The metrics of the outcomes.
     *
     * @return a metric for each, in their order, none of them primary yet
     */
    public List<Metric> metrics() {
        return outcomes().stream()
                .map(of -> Metric.of(of.name(), of.isShare() ? Metric.Kind.PROPORTION : Metric.Kind.MEAN))
                .toList();
    }

    private List<Columns> outcomes() {
        List<Columns> outcomes = new ArrayList<>();
        for (String text : written) {
            Matcher means = MEANS.matcher(text);
            Matcher counts = COUNTS.matcher(text);
            if (means.matches()) {
                outcomes.add(new Columns(
                        means.group(1),
                        Stream.of(means.group(2), means.group(3), means.group(4))
                                .map(String::strip)
                                .toList()));
            } else if (counts.matches()) {
                outcomes.add(new Columns(
                        counts.group(1),
                        Stream.of(counts.group(2), counts.group(3))
                                .map(String::strip)
                                .toList()));
            } else {
                throw new InvalidDataException("outcome " + ArtifactText.quoted(text)
                        + " of counted users must be NAME=SUCCESSES/USERS or NAME=mean(MEAN,VARIANCE,USERS)");
            }
        }
        return outcomes;
    }

    private void read(Source source, List<Columns> outcomes, Map<String, SeriesRows> rows) throws IOException {
        Map<String, String> endings = source.armColumn == null ? source.endings : Map.of("", "");
        List<String> columns = new ArrayList<>(series);
        columns.addAll(
                Stream.of(time, source.armColumn).filter(Objects::nonNull).toList());
        for (String ending : endings.values()) {
            outcomes.forEach(of -> of.columns().forEach(column -> columns.add(column + ending)));
        }
        Set<String> distinct = new LinkedHashSet<>(columns);
        List<String> read = List.copyOf(distinct);
        try (CsvColumns file = CsvColumns.open(source.file, dialect, read, bytes -> {})) {
            while (file.hasNext()) {
                CsvColumns.Row row = file.next();
                if (!row.problem().isEmpty()) {
                    throw new InvalidDataException(source.file.getFileName() + ": " + row.problem());
                }
                Map<String, String> cells = new LinkedHashMap<>();
                for (int i = 0; i < read.size(); i++) {
                    cells.put(read.get(i), row.cells().get(i));
                }
                String name = String.join(" ", series.stream().map(cells::get).toList());
                SeriesRows of = rows.computeIfAbsent(name, ignored -> new SeriesRows(outcomes));
                String label = time == null ? "" : String.valueOf(cells.get(time));
                endings.forEach((arm, ending) -> of.add(
                        label,
                        source.armColumn == null ? arm : String.valueOf(cells.get(source.armColumn)),
                        numbers(source, row, outcomes, cells, ending)));
            }
        }
    }

    /** The numbers of each outcome in a row; null where one is missing. */
    private List<double @Nullable []> numbers(
            Source source, CsvColumns.Row row, List<Columns> outcomes, Map<String, String> cells, String ending) {
        List<double @Nullable []> numbers = new ArrayList<>();
        for (Columns outcome : outcomes) {
            List<String> texts = outcome.columns().stream()
                    .map(column -> String.valueOf(cells.get(column + ending)))
                    .toList();
            if (texts.stream().anyMatch(String::isEmpty)) {
                numbers.add(null);
                continue;
            }
            double[] values = texts.stream()
                    .mapToDouble(text -> number(source, row, text))
                    .toArray();
            check(source, row, outcome, values);
            numbers.add(values);
        }
        return numbers;
    }

    private double number(Source source, CsvColumns.Row row, String text) {
        OptionalDouble number = dialect.number(text);
        if (number.isEmpty() || !(number.getAsDouble() > Double.NEGATIVE_INFINITY)) {
            throw new InvalidDataException(source.file.getFileName() + ": line " + row.line() + ": "
                    + ArtifactText.quoted(text) + " is no number" + CsvColumns.spellingOf(text, dialect));
        }
        return number.getAsDouble();
    }

    private static void check(Source source, CsvColumns.Row row, Columns outcome, double[] values) {
        double users = values[values.length - 1];
        boolean sound = users >= 0
                && users == Math.rint(users)
                && (outcome.isShare()
                        ? values[0] >= 0 && values[0] <= users && values[0] == Math.rint(values[0])
                        : values[1] >= 0);
        if (!sound) {
            throw new InvalidDataException(source.file.getFileName() + ": line " + row.line() + ": "
                    + ArtifactText.quoted(outcome.name()) + " has " + Arrays.toString(values)
                    + (outcome.isShare()
                            ? "; successes and users must be whole numbers, and no more successes than users"
                            : "; a variance and users must be at least 0, and users whole"));
        }
    }

    /** The rows of one experiment, look by look. */
    private static final class SeriesRows {

        private final List<Columns> outcomes;

        // By look, arm and outcome; counts are those of the look alone.
        private final Map<String, Map<String, List<double[]>>> looks = new LinkedHashMap<>();
        private final Set<String> arms = new LinkedHashSet<>();
        private final long[] incomplete;
        private long rows;

        SeriesRows(List<Columns> outcomes) {
            this.outcomes = outcomes;
            this.incomplete = new long[outcomes.size()];
        }

        void add(String label, String arm, List<double @Nullable []> numbers) {
            rows++;
            arms.add(arm);
            List<double[]> sums = looks.computeIfAbsent(label, ignored -> new LinkedHashMap<>())
                    .computeIfAbsent(arm, ignored -> new ArrayList<>());
            for (int i = 0; i < numbers.size(); i++) {
                double[] of = numbers.get(i);
                if (sums.size() <= i) {
                    sums.add(new double[outcomes.get(i).columns().size()]);
                }
                if (of == null) {
                    incomplete[i]++;
                } else if (outcomes.get(i).isShare()) {
                    sums.get(i)[0] += of[0];
                    sums.get(i)[1] += of[1];
                } else {
                    sums.set(i, of);
                }
            }
        }

        SummaryTable table() {
            List<String> names = arms.stream().sorted().toList();
            List<SummaryTable.Look> read = new ArrayList<>();
            double[][][] sums = new double[outcomes.size()][names.size()][];
            looks.forEach((label, byArm) -> {
                for (int arm = 0; arm < names.size(); arm++) {
                    List<double[]> of = byArm.getOrDefault(names.get(arm), List.of());
                    for (int i = 0; i < of.size(); i++) {
                        sums[i][arm] = together(outcomes.get(i), sums[i][arm], of.get(i));
                    }
                }
                read.add(new SummaryTable.Look(label, samples(sums)));
            });
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < incomplete.length; i++) {
                if (incomplete[i] > 0) {
                    findings.add(new Finding(
                            "incomplete_rows",
                            NOTES,
                            incomplete[i] + " of " + rows + " rows have no numbers of "
                                    + ArtifactText.quoted(outcomes.get(i).name()) + " and are left out of it"));
                }
            }
            return new SummaryTable(names, read, findings);
        }

        /** Counts so far, or the last means. */
        private static double[] together(Columns outcome, double @Nullable [] before, double[] now) {
            if (!outcome.isShare()) {
                return now[2] > 0 || before == null ? now : before;
            }
            return before == null ? now : new double[] {before[0] + now[0], before[1] + now[1]};
        }

        private List<List<Sample>> samples(double[][][] sums) {
            List<List<Sample>> samples = new ArrayList<>();
            for (int i = 0; i < sums.length; i++) {
                boolean share = outcomes.get(i).isShare();
                samples.add(Stream.of(sums[i])
                        .map(of -> of == null
                                ? new Sample(0, Double.NaN, Double.NaN)
                                : share
                                        ? Sample.ofProportion((long) of[0], (long) of[1])
                                        : new Sample((long) of[2], of[0], of[1]))
                        .toList());
            }
            return samples;
        }
    }
}
