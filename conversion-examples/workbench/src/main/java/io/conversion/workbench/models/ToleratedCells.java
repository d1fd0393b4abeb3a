package io.conversion.workbench.models;

import io.conversion.model.data.CsvDataSet;
import io.conversion.workbench.console.CountConverter;
import picocli.CommandLine.Option;

/** The option that says how many bad cells a file of labelled users may have. */
final class ToleratedCells {

    @Option(
            names = "--tolerate",
            paramLabel = "N",
            order = 4,
            defaultValue = "0",
            converter = CountConverter.class,
            description = "How many bad cells are tolerated; their rows are left out (default: ${DEFAULT-VALUE}).")
    private long tolerated;

    CsvDataSet.Options in(CsvDataSet.Options options) {
        return options.tolerate(tolerated);
    }
}
