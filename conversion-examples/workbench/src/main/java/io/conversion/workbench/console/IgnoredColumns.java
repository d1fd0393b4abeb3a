package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names columns which are no signals of a model and are passed over. */
public final class IgnoredColumns {

    @Option(
            names = "--ignore",
            paramLabel = "A,B",
            split = ",",
            hideParamSyntax = true,
            order = 1,
            description = "More columns of the data to pass over (default: none). The label and the excluded columns of"
                    + " the training are passed over anyway; any other column that is not a signal is refused.")
    private List<String> ignore = List.of();

    /** A file that is read without these columns. */
    public UserFile in(Path data, ConversionModel model) {
        return new UserFile(model, data, ignore);
    }
}
