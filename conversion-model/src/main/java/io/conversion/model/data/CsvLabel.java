package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The label column of a file, and which of its two values counts as converted. */
final class CsvLabel {

    private final int column;
    private final String positive;
    private final Set<String> notSignals;

    private CsvLabel(int column, String positive, Set<String> notSignals) {
        this.column = column;
        this.positive = positive;
        this.notSignals = notSignals;
    }

    static CsvLabel find(CsvFile file, CsvDataSet.Options options) throws IOException {
        check(file, options);
        int column = file.header().indexOf(options.label());
        Set<String> notSignals = new TreeSet<>(options.noSignals());
        notSignals.add(options.label());
        Set<String> values = new TreeSet<>();
        boolean anyRow = false;
        try (CsvFile.Rows rows = file.rows(options.progress())) {
            // A third value settles it.
            while (rows.hasNext() && values.size() <= 2) {
                CsvFile.Row row = rows.next();
                anyRow = true;
                if (file.raggedness(row).isEmpty() && !row.cells().get(column).isEmpty()) {
                    values.add(row.cells().get(column));
                }
            }
        }
        if (!anyRow) {
            throw new InvalidDataException(file.name() + " has a header but no rows");
        }
        String positive = positive(file, options, values);
        if (!ArtifactText.isName(positive) || !ArtifactText.isName(options.label())) {
            throw new InvalidDataException(file.name() + ": label column \"" + options.label() + "\" or its value \""
                    + positive + "\" cannot stand in a model: " + ArtifactText.NAME);
        }
        return new CsvLabel(column, positive, notSignals);
    }

    /** Checks that the header has the columns that the options name. */
    static void check(CsvFile file, CsvDataSet.Options options) {
        List<String> problems = new ArrayList<>();
        if (!file.header().contains(options.label())) {
            problems.add("there is no label column \"" + options.label() + "\"; the columns are " + file.header()
                    + (file.header().get(0).contains("\t") ? "; only comma and semicolon separate columns" : ""));
        }
        for (String column : options.noSignals()) {
            if (!file.header().contains(column)) {
                problems.add("there is no column \"" + column + "\" to "
                        + (options.excluded().contains(column) ? "exclude" : "keep as an attribute")
                        + "; the columns are " + file.header());
            } else if (column.equals(options.label())) {
                problems.add("the label column \"" + column + "\" cannot be excluded");
            }
        }
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
    }

    private static String positive(CsvFile file, CsvDataSet.Options options, Set<String> values) {
        String named = file.name() + ": label column \"" + options.label() + "\" ";
        if (values.size() > 2) {
            throw new InvalidDataException(
                    named + "has more than two values, among them " + values + "; an outcome has two");
        } else if (values.size() < 2) {
            throw new InvalidDataException(named
                    + (values.isEmpty()
                            ? "is empty"
                            : "has the single value \"" + values.iterator().next() + "\"")
                    + "; both outcomes are needed");
        } else if (options.positive() != null) {
            if (!values.contains(options.positive())) {
                throw new InvalidDataException(named + "has the values " + values + ", and the positive value \""
                        + options.positive() + "\" is not one of them");
            }
            return options.positive();
        }
        List<String> positives = values.stream()
                .filter(value -> CsvCell.flag(value).orElse(false))
                .toList();
        boolean clear = positives.size() == 1
                && values.stream().allMatch(value -> CsvCell.flag(value).isPresent());
        if (!clear) {
            throw new InvalidDataException(
                    named + "has the values " + values + "; say which of them counts as converted");
        }
        return positives.get(0);
    }

    String positive() {
        return positive;
    }

    /** The label and the excluded columns. */
    Set<String> notSignals() {
        return notSignals;
    }

    Optional<String> cell(CsvFile.Row row) {
        return Optional.of(row.cells().get(column)).filter(cell -> !cell.isEmpty());
    }

    boolean isPositive(CsvFile.Row row) {
        return row.cells().get(column).equals(positive);
    }
}
