package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvDialect;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that names columns which are no signals of a model and are passed over. */
public final class IgnoredColumns {

    @Option(
            names = "--ignore",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            hideParamSyntax = true,
            order = 1,
            description =
                    "More columns of the data to pass over (default: none). The label and the excluded columns of"
                            + " the training are passed over anyway; any other column that is not a signal is refused. A name with a comma is given in double quotes.")
    private List<NameList> ignore = List.of();

    @Mixin
    private CsvSpelling spelling;

    /** A file that is read without these columns. */
    public UserFile in(Path data, ConversionModel model) {
        return new UserFile(model, data, spelling.dialect(), NameList.all(ignore));
    }

    /** How the file is spelt. */
    CsvDialect dialect() {
        return spelling.dialect();
    }
}
