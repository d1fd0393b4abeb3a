package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The label column of a file, and which of its two values counts as converted. Learns them while rows are read. */
final class CsvLabel {

    private final CsvFile file;
    private final CsvDataSet.Options options;
    private final int column;
    private final Set<String> values = new TreeSet<>();
    private boolean anyRow;

    CsvLabel(CsvFile file, CsvDataSet.Options options) {
        check(file, options);
        this.file = file;
        this.options = options;
        this.column = file.header().indexOf(options.label());
    }

    /** Notes the outcome of a row. */
    void see(CsvFile.Row row) {
        anyRow = true;
        if (file.raggedness(row).isEmpty()
                && !isMissing(row)
                && values.add(row.cells().get(column))) {
            refuseThirdValue();
        }
    }

    /** Whether fewer than two values were seen. */
    boolean isConstant() {
        return values.size() < 2;
    }

    /** The value that counts as converted, once every row was seen. */
    String positive() {
        if (!anyRow) {
            throw new InvalidDataException(file.name() + " has a header but no rows");
        }
        String positive = chosen();
        if (!ArtifactText.isName(positive) || !ArtifactText.isName(options.label())) {
            throw new InvalidDataException(named() + "or its value " + ArtifactText.quoted(positive)
                    + " cannot stand in a model: " + ArtifactText.NAME);
        }
        return positive;
    }

    /** Checks that the header has the columns that the options name. */
    static void check(CsvFile file, CsvDataSet.Options options) {
        List<String> problems = new ArrayList<>();
        if (!file.header().contains(options.label())) {
            problems.add("there is no label column " + ArtifactText.quoted(options.label()) + "; " + file.columns());
        }
        for (String column : options.noSignals()) {
            if (!file.header().contains(column)) {
                problems.add("there is no column " + ArtifactText.quoted(column) + " to "
                        + (options.excluded().contains(column) ? "exclude" : "keep as an attribute") + "; "
                        + file.columns());
            } else if (column.equals(options.label())) {
                problems.add("the label column " + ArtifactText.quoted(column) + " cannot be excluded");
            }
        }
        for (String column : options.categorical()) {
            if (!file.header().contains(column)) {
                problems.add("there is no column " + ArtifactText.quoted(column) + " to take as categorical; "
                        + file.columns());
            }
        }
        if (!problems.isEmpty()) {
            throw InvalidDataException.ofMany(file.name(), problems);
        }
    }

    private void refuseThirdValue() {
        if (values.size() > 2) {
            throw new InvalidDataException(
                    named() + "has more than two values, among them " + CellText.list(values) + "; an outcome has two");
        }
    }

    private String chosen() {
        if (values.size() < 2) {
            throw new InvalidDataException(named()
                    + (values.isEmpty()
                            ? "is empty"
                            : "has the single value "
                                    + ArtifactText.quoted(values.iterator().next()))
                    + "; both outcomes are needed");
        } else if (options.positive() != null) {
            if (!values.contains(options.positive())) {
                throw new InvalidDataException(named() + "has the values " + CellText.list(values)
                        + ", and the positive value " + ArtifactText.quoted(options.positive())
                        + " is not one of them");
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
                    named() + "has the values " + CellText.list(values) + "; say which of them counts as converted");
        }
        return positives.get(0);
    }

    private String named() {
        return file.name() + ": label column " + ArtifactText.quoted(options.label()) + " ";
    }

    /** The label and the excluded columns. */
    Set<String> notSignals() {
        Set<String> names = new TreeSet<>(options.noSignals());
        names.add(options.label());
        return names;
    }

    boolean isMissing(CsvFile.Row row) {
        return row.cells().get(column).isEmpty();
    }

    /** Whether the user of a row converted, provided that there is a positive value. */
    boolean isPositive(CsvFile.Row row) {
        String value = row.cells().get(column);
        return options.positive() == null ? CsvCell.flag(value).orElse(false) : value.equals(options.positive());
    }
}
