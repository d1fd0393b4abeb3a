package io.conversion.workbench.experiments;

import io.conversion.experiments.data.CsvSummary;
import io.conversion.model.data.CsvDialect;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.NameList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of tables in which users are counted already. */
final class CountedOptions {

    @Option(
            names = "--counted",
            order = 10,
            description = "Says that a row counts users: an outcome is then NAME=SUCCESSES/USERS, added up over rows,"
                    + " or NAME=mean(MEAN,VARIANCE,USERS) of all users so far.")
    private boolean counted;

    @Option(
            names = "--arm-file",
            paramLabel = "ARM=FILE",
            order = 11,
            description = "A file of counts of one arm, in place of --data and --arm; repeat it for each.")
    private Map<String, Path> armFiles = new LinkedHashMap<>();

    @Option(
            names = "--arm-columns",
            paramLabel = "ARM=END",
            split = ",",
            hideParamSyntax = true,
            order = 12,
            description = "The end of the columns of each arm, in place of --arm, such as c=_c,t=_t where users_c and"
                    + " users_t are in one row.")
    private Map<String, String> armColumns = new LinkedHashMap<>();

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            order = 13,
            description = "The column of the time of counts: rows of one time are a look.")
    private @Nullable String time;

    @Option(
            names = "--series",
            paramLabel = "A,B",
            converter = NameList.Converter.class,
            order = 14,
            description = "Columns that tell experiments apart which are in one file; each is read out.")
    private List<NameList> series = new ArrayList<>();

    boolean areGiven() {
        return counted || !armFiles.isEmpty() || !armColumns.isEmpty();
    }

    /** Whether an option is given that means nothing without counts. */
    boolean areMissed() {
        return !areGiven() && (time != null || hasSeries());
    }

    boolean hasSeries() {
        return !series.isEmpty();
    }

    InputFiles files() {
        return InputFiles.none().and("--arm-file", List.copyOf(armFiles.values()));
    }

    CsvSummary source(
            List<String> outcomes, @Nullable Path data, @Nullable String arm, CsvDialect dialect, Console console) {
        CsvSummary source = CsvSummary.of(outcomes).dialect(dialect).time(time).series(NameList.all(series));
        armFiles.forEach(source::arm);
        if (!armColumns.isEmpty() && data != null) {
            source.columns(data, armColumns);
        } else if (data != null && arm != null) {
            source.rows(data, arm);
        } else if (armFiles.isEmpty()) {
            throw console.misuse("counts need --data with --arm or --arm-columns, or an --arm-file for each arm");
        }
        return source;
    }
}
