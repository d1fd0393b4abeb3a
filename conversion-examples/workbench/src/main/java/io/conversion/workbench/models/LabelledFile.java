package io.conversion.workbench.models;

import io.conversion.model.data.CsvDataSet;
import io.conversion.workbench.console.CsvSpelling;
import io.conversion.workbench.console.NameList;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that learns from a file: which column is the outcome, and which are no signals. */
final class LabelledFile {

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of labelled users.")
    private Path data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            required = true,
            description = "The column that holds the outcome.")
    private String label;

    @Option(
            names = "--exclude",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            hideParamSyntax = true,
            description = "Columns that are no signals, such as an identifier (default: none). A model remembers them."
                    + " A name with a comma is given in double quotes.")
    private List<NameList> exclude = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            hideParamSyntax = true,
            description = "Columns whose values are names although they look like numbers, dates or true and false"
                    + " (default: none). They become categorical signals."
                    + " A name with a comma is given in double quotes.")
    private List<NameList> categorical = List.of();

    @Mixin
    private CsvSpelling spelling;

    Path path() {
        return data;
    }

    String label() {
        return label;
    }

    List<String> excluded() {
        return NameList.all(exclude);
    }

    CsvDataSet.Options options() {
        return CsvDataSet.label(label)
                .exclude(excluded())
                .categorical(NameList.all(categorical).toArray(String[]::new))
                .dialect(spelling.dialect());
    }
}
