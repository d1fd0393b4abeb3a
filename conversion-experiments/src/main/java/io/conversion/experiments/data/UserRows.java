package io.conversion.experiments.data;

import static io.conversion.experiments.Finding.Severity.NOTES;
import static io.conversion.experiments.Finding.Severity.REFUSES;
import static io.conversion.experiments.Finding.Severity.WARNS;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Metric;
import io.conversion.experiments.UserTable;
import io.conversion.experiments.data.Outcome.Part;
import io.conversion.experiments.data.Outcome.Way;
import io.conversion.model.data.CsvColumns;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Puts the rows of files together to users. */
final class UserRows {

    /** More users in two arms than this share of all, and the assignment did not hold. */
    private static final double MOST_MIXED = 0.01;

    /** So many problems are named; the others are counted. */
    private static final int NAMED_PROBLEMS = 10;

    private static final int MIXED = -2;

    private static final String ALL = "all users";

    private final CsvExperiment settings;
    private final List<Outcome> outcomes;
    private final List<String> header;

    // What is computed of rows, by the label of its column, and the numbers of users so far.
    private final Map<Part, PartValues> parts = new LinkedHashMap<>();
    private final Map<String, PartValues> covariates = new LinkedHashMap<>();

    private final Map<String, Integer> armNumbers = new LinkedHashMap<>();
    private final Map<String, Integer> unitNumbers = new HashMap<>();
    private final Map<String, Integer> clusterNumbers = new HashMap<>();
    private final IntList arms = new IntList();
    private final IntList clusters = new IntList();
    private final List<String> problems = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private long problemCount;
    private long rows;
    private long withoutArm;
    private long otherArms;
    private long withoutUnit;
    private AssignedTogether together;
    private final MeasuredBefore before;

    UserRows(CsvExperiment settings, List<String> header, List<Outcome> outcomes) {
        this.settings = settings;
        this.header = header;
        this.outcomes = outcomes;
        for (Outcome outcome : outcomes) {
            outcome.parts().forEach(part -> parts.computeIfAbsent(part, PartValues::new));
        }
        for (String covariate : settings.covariates) {
            covariates.put(covariate, new PartValues(new Part(Way.MEAN, covariate, null, "")));
        }
        together = new AssignedTogether(List.of());
        before = new MeasuredBefore(settings.assignedAt, settings.measuredAt);
    }

    void readUsers(LongConsumer progress) throws IOException {
        TreeSet<String> used = new TreeSet<>(settings.covariates);
        used.addAll(before.columns());
        String arm = settings.arm == null ? header.get(0) : settings.arm;
        used.add(arm);
        parts.keySet().forEach(part -> used.addAll(part.columns()));
        List<String> others = settings.arm != null && settings.unit == null && settings.cluster == null
                ? header.stream().filter(column -> !used.contains(column)).toList()
                : List.of();
        together = new AssignedTogether(others);
        List<String> columns = new ArrayList<>();
        columns.add(arm);
        columns.add(settings.unit == null ? arm : settings.unit);
        columns.add(settings.cluster == null ? arm : settings.cluster);
        columns.addAll(before.columns());
        columns.addAll(settings.covariates);
        List<Part> here = parts.keySet().stream()
                .filter(part -> header.containsAll(part.columns()) || !settings.hasEvents())
                .toList();
        here.forEach(part -> columns.addAll(part.columns()));
        int firstOther = columns.size();
        columns.addAll(others);
        try (CsvColumns file = CsvColumns.open(settings.data, settings.dialect, columns, progress)) {
            while (file.hasNext()) {
                CsvColumns.Row row = file.next();
                if (row.problem().isEmpty()) {
                    row(row, here, firstOther);
                } else {
                    problem(row.problem());
                }
            }
        }
        refuseProblems(settings.data);
        if (rows == 0) {
            throw new InvalidDataException(settings.data.getFileName() + " has no rows");
        }
        found();
    }

    private void row(CsvColumns.Row row, List<Part> here, int firstOther) {
        rows++;
        String armName = settings.arm == null ? ALL : row.cells().get(0);
        if (armName.isEmpty()) {
            withoutArm++;
            return;
        }
        if (!settings.arms.isEmpty() && !settings.arms.contains(armName)) {
            otherArms++;
            return;
        }
        String unitName = row.cells().get(1);
        if (settings.unit != null && unitName.isEmpty()) {
            withoutUnit++;
            return;
        }
        int arm = armNumbers.computeIfAbsent(armName, name -> armNumbers.size());
        int user = user(unitName, arm, row.cells().get(2));
        int cell = 3;
        boolean isKnown = before.holds(row.cells(), cell, row.line(), this::problem);
        cell += before.columns().size();
        for (PartValues covariate : covariates.values()) {
            double value = number(row, cell++, covariate.part);
            covariate.add(user, isKnown ? value : Double.NaN);
        }
        for (Part part : here) {
            Objects.requireNonNull(parts.get(part)).add(user, value(row, cell, part));
            cell += part.columns().size();
        }
        together.add(row.cells().subList(firstOther, row.cells().size()), arm);
    }

    private int user(String unitName, int arm, String clusterName) {
        if (settings.unit == null) {
            return newUser(arm, clusterName);
        }
        Integer known = unitNumbers.get(unitName);
        if (known == null) {
            unitNumbers.put(unitName, arms.size());
            return newUser(arm, clusterName);
        }
        if (arms.get(known) != arm) {
            arms.set(known, MIXED);
        }
        return known;
    }

    private int newUser(int arm, String clusterName) {
        arms.add(arm);
        if (settings.cluster != null) {
            clusters.add(clusterNumbers.computeIfAbsent(clusterName, name -> clusterNumbers.size()));
        }
        return arms.size() - 1;
    }

    /** What a row adds to a part: its number, or 0 where the row does not count; NaN where the number is missing. */
    private double value(CsvColumns.Row row, int cell, Part part) {
        int last = cell + part.columns().size() - 1;
        boolean counts = part.where() == null || row.cells().get(last).equals(part.text());
        if (part.column() == null) {
            return counts ? 1 : 0;
        }
        return counts ? number(row, cell, part) : part.way() == Way.MEAN ? Double.NaN : 0;
    }

    private double number(CsvColumns.Row row, int cell, Part part) {
        String text = row.cells().get(cell);
        if (text.isEmpty()) {
            return Double.NaN;
        }
        OptionalDouble number = settings.dialect.number(text);
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            return number.getAsDouble();
        }
        if (settings.positive != null) {
            return text.equals(settings.positive) ? 1 : 0;
        }
        OptionalDouble truth = TruthTexts.number(text);
        if (truth.isEmpty()) {
            problem("line " + row.line() + ": " + ArtifactText.quoted(text) + " in column "
                    + ArtifactText.quoted(String.valueOf(part.column()))
                    + " is neither a number nor true, false, yes or no"
                    + CsvColumns.spellingOf(text, settings.dialect));
        }
        return truth.orElse(Double.NaN);
    }

    private void problem(String problem) {
        problemCount++;
        if (problems.size() < NAMED_PROBLEMS) {
            problems.add(problem);
        }
    }

    private void refuseProblems(Path file) {
        if (problemCount > 0) {
            throw new InvalidDataException(file.getFileName() + ": " + String.join("; ", problems)
                    + (problemCount > problems.size() ? "; and " + (problemCount - problems.size()) + " more" : ""));
        }
    }

    void readEvents(Path events, List<String> ofEvents) throws IOException {
        List<Part> there = parts.keySet().stream()
                .filter(part -> !header.containsAll(part.columns()))
                .toList();
        List<String> columns = new ArrayList<>();
        columns.add(Objects.requireNonNull(settings.unit));
        there.forEach(part -> columns.addAll(part.columns()));
        long unknown = 0;
        long all = 0;
        try (CsvColumns file = CsvColumns.open(events, settings.dialect, columns, bytes -> {})) {
            while (file.hasNext()) {
                CsvColumns.Row row = file.next();
                if (!row.problem().isEmpty()) {
                    problem(row.problem());
                    continue;
                }
                all++;
                Integer user = unitNumbers.get(row.cells().get(0));
                if (user == null) {
                    unknown++;
                    continue;
                }
                int cell = 1;
                for (Part part : there) {
                    Objects.requireNonNull(parts.get(part)).add(user, value(row, cell, part));
                    cell += part.columns().size();
                }
            }
        }
        refuseProblems(events);
        if (unknown > 0) {
            findings.add(new Finding(
                    "unknown_users",
                    unknown == all ? REFUSES : NOTES,
                    unknown + " of " + all + " events are of users who are in no arm, and are left out"
                            + (unknown == all ? "; look whether both files have the same keys" : "")));
        }
        there.forEach(part -> Objects.requireNonNull(parts.get(part)).zeroWithoutRows());
    }

    private void found() {
        note("without_arm", withoutArm, "have no arm and are left out");
        note("other_arms", otherArms, "are of other arms and are left out");
        note("without_unit", withoutUnit, "name no user and are left out");
        long counted = rows - withoutArm - otherArms - withoutUnit;
        if (settings.unit != null && counted > arms.size()) {
            findings.add(new Finding(
                    "rows_of_users",
                    NOTES,
                    counted + " rows are of " + arms.size() + " users; their outcomes were summed, or as was said"));
        }
        together.finding().ifPresent(findings::add);
        before.finding(settings.covariates).ifPresent(findings::add);
    }

    private void note(String code, long count, String what) {
        if (count > 0) {
            findings.add(new Finding(code, NOTES, count + " of " + rows + " rows " + what));
        }
    }

    CsvExperiment.Users users() {
        int[] kept = IntStream.range(0, arms.size())
                .filter(user -> arms.get(user) != MIXED)
                .toArray();
        int mixed = arms.size() - kept.length;
        if (mixed > 0) {
            findings.add(new Finding(
                    "users_in_several_arms",
                    mixed > MOST_MIXED * arms.size() ? REFUSES : WARNS,
                    mixed + " of " + arms.size() + " users are in several arms and are left out"));
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        covariates.forEach((name, values) -> columns.put(name, values.finish(kept, arms.size())));
        List<Metric> metrics = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            String numerator = column(outcome.numerator(), kept, columns);
            if (outcome.denominator() == null) {
                boolean share = Arrays.stream(Objects.requireNonNull(columns.get(numerator)))
                        .allMatch(value -> value == 0 || value == 1 || Double.isNaN(value));
                metrics.add(new Metric(
                        outcome.name(),
                        share ? Metric.Kind.PROPORTION : Metric.Kind.MEAN,
                        numerator,
                        null,
                        Metric.Role.OTHER,
                        true,
                        Double.NaN));
            } else {
                metrics.add(Metric.ratio(outcome.name(), numerator, column(outcome.denominator(), kept, columns)));
            }
        }
        // Arms are in the order of their names, so that the order of rows does not show.
        List<String> names = armNumbers.keySet().stream().sorted().toList();
        int[] places = armNumbers.keySet().stream().mapToInt(names::indexOf).toArray();
        UserTable table = UserTable.of(
                names, Arrays.stream(kept).map(user -> places[arms.get(user)]).toArray(), columns);
        if (settings.cluster != null) {
            table = table.clusters(Arrays.stream(kept).map(clusters::get).toArray());
        }
        return new CsvExperiment.Users(table.findings(findings), metrics);
    }

    private String column(Part part, int[] kept, Map<String, double[]> columns) {
        columns.computeIfAbsent(
                part.label(), label -> Objects.requireNonNull(parts.get(part)).finish(kept, arms.size()));
        return part.label();
    }
}
