package io.conversion.experiments.data;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.value.LoggedDecisions;
import io.conversion.experiments.value.TargetPolicy;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain table of decisions: a CSV file with a row for each, in the order in which they were made. Immutable and safe to
 * share between threads.
 *
 * @param data the file
 * @param dialect how it is spelt
 * @param action the column of the action that was taken
 * @param propensity the column of its probability, above 0 and at most 1
 * @param outcome the column of what came of it: a number, or true, false, yes or no
 * @param target what the policy does whose value is asked for
 * @param name what that policy is called
 * @param unit the column that tells users apart; null if each row is a user of its own
 * @param band the column of bands, in each of which the same actions can be drawn; null if there are none
 * @param covariates columns of numbers that were known before the decision
 */
public record CsvDecisions(
        Path data,
        CsvDialect dialect,
        String action,
        String propensity,
        String outcome,
        CsvTarget target,
        String name,
        @Nullable String unit,
        @Nullable String band,
        List<String> covariates) {

    private static final int NAMED_PROBLEMS = 5;

    /** Copies the list. {@inheritDoc} */
    public CsvDecisions {
        covariates = List.copyOf(covariates);
    }

    /**
     * Reads the file.
     *
     * @param progress told how many bytes have been read
     * @return the log, with the policy
     * @throws IOException if the file cannot be read
     * @throws InvalidDataException with what is wrong: a column that is not there, cells that are no numbers or out of range, an
     *     action of the policy that the table does not have
     */
    public RecordedLog read(LongConsumer progress) throws IOException {
        List<String> ofActions = new ArrayList<>();
        if (target instanceof CsvTarget.Probabilities of) {
            CsvColumns.header(data, dialect).stream()
                    .filter(column -> column.startsWith(of.prefix()))
                    .forEach(ofActions::add);
            if (ofActions.isEmpty()) {
                throw new InvalidDataException(
                        data.getFileName() + ": no column starts with " + ArtifactText.quoted(of.prefix()));
            }
        }
        Rows rows = new Rows(ofActions);
        try (CsvColumns file = CsvColumns.open(data, dialect, rows.columns(), progress)) {
            while (file.hasNext()) {
                rows.add(file.next());
            }
        }
        return rows.log();
    }

    /** The rows so far. */
    private final class Rows {

        private final List<String> ofActions;
        private final List<String> columns = new ArrayList<>();
        private final Map<String, Integer> actions = new LinkedHashMap<>();
        private final Map<String, Integer> bands = new LinkedHashMap<>();
        private final Map<String, Integer> units = new LinkedHashMap<>();
        private final IntList action = new IntList();
        private final IntList band = new IntList();
        private final IntList user = new IntList();
        private final IntList wanted = new IntList();
        private final List<double[]> numbers = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private long problemCount;

        Rows(List<String> ofActions) {
            this.ofActions = ofActions;
            columns.addAll(List.of(CsvDecisions.this.action, propensity, outcome));
            columns.add(unit == null ? CsvDecisions.this.action : unit);
            columns.add(CsvDecisions.this.band == null ? CsvDecisions.this.action : CsvDecisions.this.band);
            columns.add(
                    target instanceof CsvTarget.Action of
                            ? of.column()
                            : target instanceof CsvTarget.Probability of ? of.column() : CsvDecisions.this.action);
            columns.addAll(covariates);
            columns.addAll(ofActions);
        }

        List<String> columns() {
            return columns;
        }

        void add(CsvColumns.Row row) {
            if (!row.problem().isEmpty()) {
                problem(row.problem());
                return;
            }
            List<String> cells = row.cells();
            if (cells.get(0).isEmpty() || cells.get(5).isEmpty()) {
                problem("line " + row.line() + ": there is nothing in column "
                        + ArtifactText.quoted(columns.get(cells.get(0).isEmpty() ? 0 : 5)));
            }
            action.add(number(actions, cells.get(0)));
            user.add(unit == null ? 0 : number(units, cells.get(3)));
            band.add(CsvDecisions.this.band == null ? 0 : number(bands, cells.get(4)));
            wanted.add(target instanceof CsvTarget.Action ? number(actions, cells.get(5)) : 0);
            // Propensity, outcome, probability of the policy, covariates, probabilities of actions.
            double[] values = new double[columns.size() - 3];
            values[0] = number(row, 1);
            values[1] = number(row, 2);
            values[2] = target instanceof CsvTarget.Probability ? number(row, 5) : 0;
            for (int cell = 6; cell < cells.size(); cell++) {
                values[cell - 3] = number(row, cell);
            }
            if (!(values[0] > 0 && values[0] <= 1)) {
                problem("line " + row.line() + ": the propensity is " + values[0]
                        + "; an action that was taken has a probability above 0 and at most 1");
            }
            if (!(values[2] >= 0 && values[2] <= 1)) {
                problem("line " + row.line() + ": the probability of the policy is " + values[2]
                        + "; it must be from 0 to 1");
            }
            numbers.add(values);
        }

        private int number(Map<String, Integer> numbers, String of) {
            return numbers.computeIfAbsent(of, name -> numbers.size());
        }

        private double number(CsvColumns.Row row, int cell) {
            String text = row.cells().get(cell);
            OptionalDouble number = dialect.number(text);
            if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
                return number.getAsDouble();
            }
            OptionalDouble flag = TruthTexts.number(text);
            if (cell == 2 && flag.isPresent()) {
                return flag.getAsDouble();
            }
            problem("line " + row.line() + ": " + ArtifactText.quoted(text) + " in column "
                    + ArtifactText.quoted(columns.get(cell)) + " is no number"
                    + (cell == 2 ? ", nor true, false, yes or no" : "")
                    + CsvColumns.spellingOf(text, dialect));
            return 1;
        }

        private void problem(String problem) {
            problemCount++;
            if (problems.size() < NAMED_PROBLEMS) {
                problems.add(problem);
            }
        }

        RecordedLog log() {
            if (problemCount > 0) {
                throw new InvalidDataException(data.getFileName() + ": " + String.join("; ", problems)
                        + (problemCount > problems.size()
                                ? "; and " + (problemCount - problems.size()) + " more"
                                : ""));
            }
            if (numbers.isEmpty()) {
                throw new InvalidDataException(data.getFileName() + " has no rows");
            }
            TargetPolicy policy = target();
            Map<String, double[]> known = new LinkedHashMap<>();
            for (int i = 0; i < covariates.size(); i++) {
                known.put(covariates.get(i), column(3 + i));
            }
            int[] ofBands = ints(band);
            LoggedDecisions log = LoggedDecisions.of(List.copyOf(actions.keySet()), ints(action), column(0), column(1))
                    .strata(ofBands)
                    .covariates(known);
            return new RecordedLog(
                    unit == null
                            ? log
                            : log.units(Arrays.stream(ints(user)).asLongStream().toArray()),
                    CsvDecisions.this.band == null ? policy : policy.bands(List.copyOf(bands.keySet()), ofBands));
        }

        private TargetPolicy target() {
            int size = numbers.size();
            if (target instanceof CsvTarget.Probability) {
                return TargetPolicy.ofLoggedActions(name, column(2));
            } else if (target instanceof CsvTarget.Action) {
                return TargetPolicy.of(name, ints(wanted));
            } else if (target instanceof CsvTarget.Always always) {
                int[] all = new int[size];
                Arrays.fill(all, number(actions, always.action()));
                return TargetPolicy.of(name, all);
            } else if (target instanceof CsvTarget.Probabilities of) {
                return probabilities(of);
            }
            int[] each = new int[actions.size()];
            double[] same = new double[each.length];
            Arrays.setAll(each, of -> of);
            Arrays.fill(same, 1.0 / each.length);
            TargetPolicy.Builder uniform = TargetPolicy.builder(name);
            for (int row = 0; row < size; row++) {
                uniform.row(each, same);
            }
            return uniform.build();
        }

        private TargetPolicy probabilities(CsvTarget.Probabilities of) {
            Set<String> missing = new TreeSet<>(actions.keySet());
            ofActions.forEach(
                    column -> missing.remove(column.substring(of.prefix().length())));
            if (!missing.isEmpty()) {
                throw new InvalidDataException(data.getFileName() + ": the policy has no column of the actions "
                        + String.join(
                                ", ", missing.stream().map(ArtifactText::quoted).toList())
                        + "; an action that it never takes has probability 0");
            }
            int[] each = ofActions.stream()
                    .mapToInt(column ->
                            number(actions, column.substring(of.prefix().length())))
                    .toArray();
            TargetPolicy.Builder policy = TargetPolicy.builder(name);
            try {
                for (double[] row : numbers) {
                    policy.row(each, Arrays.copyOfRange(row, 3 + covariates.size(), row.length));
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidDataException(data.getFileName() + ": " + e.getMessage());
            }
            return policy.build();
        }

        private double[] column(int of) {
            return numbers.stream().mapToDouble(row -> row[of]).toArray();
        }

        private static int[] ints(IntList list) {
            int[] values = new int[list.size()];
            Arrays.setAll(values, list::get);
            return values;
        }
    }
}
