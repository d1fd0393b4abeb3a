package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.CsvSignals;
import io.conversion.model.data.DataSet;
import io.conversion.workbench.console.ContextColumns;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.LabelTexts;
import io.conversion.workbench.console.ModelAndUsers;
import io.conversion.workbench.console.PositiveValue;
import io.conversion.workbench.console.Progress;
import io.conversion.workbench.console.UserFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that measures a model on labelled users. */
final class EvaluationUsers {

    @Mixin
    private ModelAndUsers source;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            required = true,
            description = "The column that holds the outcome.")
    private String label;

    @Mixin
    private PositiveValue positive;

    @Option(
            names = "--group",
            order = 3,
            paramLabel = "COLUMN",
            description =
                    "A column whose values are groups to be measured one by one; a signal, or a column that is none"
                            + " (default: none).")
    private @Nullable String group;

    @Mixin
    private ToleratedCells tolerated;

    private Consumer<UserFile> beside = file -> {};

    Path path() {
        return source.data();
    }

    InputFiles files() {
        return source.files();
    }

    ConversionModel loadModel() throws IOException {
        return source.loadModel();
    }

    CsvDialect dialect() {
        return source.dialect();
    }

    /** Has more columns passed over, in every file that is read. */
    void passOver(Consumer<UserFile> columns) {
        beside = columns;
    }

    /** The column of groups, empty if there are none. */
    Optional<String> group() {
        return Optional.ofNullable(group).map(String::strip);
    }

    /** Reads the users and says what they are. */
    DataSet read(ConversionModel model, PrintWriter out) throws IOException {
        UserFile file = userFile(model, source.data());
        DataSet users = read(model, source.data(), file);
        out.println("model " + model.reference());
        out.println(file.passedOver());
        DataSetSummary.of(users).print(out);
        return users;
    }

    /** Reads other users of the same columns. */
    DataSet read(Path other, ConversionModel model) throws IOException {
        return read(model, other, userFile(model, other));
    }

    /** Hands the rows of the users on one by one, each with the text of its label, and with the columns of contexts. */
    void forEachRow(ConversionModel model, ContextColumns contexts, BiConsumer<CsvSignals.Row, String> action)
            throws IOException {
        UserFile file = userFile(model, source.data()).keep(label, "the label");
        contexts.keepIn(file);
        try (Progress progress = Progress.ofReading(source.data());
                CsvSignals rows = file.open(progress)) {
            while (rows.hasNext()) {
                CsvSignals.Row row = rows.next();
                action.accept(row, row.kept().getOrDefault(label, ""));
            }
        }
    }

    /** Takes the texts of the label for outcomes, as the users are read. */
    LabelTexts labels(ConversionModel model) {
        return new LabelTexts(label, positive.of(label, model).orElse(null));
    }

    /** What the users are in, as pages call it. */
    String fileName() {
        return String.valueOf(source.data().getFileName());
    }

    /**
     * Reads the rows of the users that two models accept, each by its own signals, and says what they are. The columns that
     * only one of the models knows are passed over by the other one.
     */
    TwoModels read(ConversionModel model, ConversionModel other, PrintWriter out) throws IOException {
        // Whatever the labels of their trainings, both are measured on the same outcome.
        String converted =
                positive.of(label, model).or(() -> positive.of(label, other)).orElse(null);
        DataSet users = read(source.data(), model, other, converted, out);
        DataSet others = read(source.data(), other, model, converted, out);
        TwoModels both = TwoModels.of(model, users, other, others, out);
        DataSetSummary.of(both.users()).print(out);
        return both;
    }

    private DataSet read(
            Path path, ConversionModel model, ConversionModel second, @Nullable String converted, PrintWriter out)
            throws IOException {
        UserFile file = userFile(model, path);
        columns(second)
                .filter(column -> model.schema().find(column).isEmpty() && !column.equals(label))
                .forEach(column -> file.passOver(column, "of the other model"));
        CsvDataSet.Options options = options(model, file).tolerate(Long.MAX_VALUE);
        DataSet users = read(path, converted == null ? options : options.positive(converted));
        out.println("model " + model.reference());
        out.println(file.passedOver());
        return users;
    }

    /** The columns that a model knows, whatever they are to it. */
    private static Stream<String> columns(ConversionModel model) {
        return Stream.concat(
                model.schema().declared().stream().map(Signal::name),
                model.training().map(TrainingProvenance::data).stream()
                        .flatMap(data -> Stream.concat(Stream.of(data.label()), data.excluded().stream())));
    }

    private UserFile userFile(ConversionModel model, Path path) {
        UserFile file = source.userFile(model, path).passOver(label, "the label");
        beside.accept(file);
        attribute(model).ifPresent(column -> file.passOver(column, "the groups"));
        return file;
    }

    /** The column of groups, if it is no signal. */
    private Optional<String> attribute(ConversionModel model) {
        return group().filter(column -> model.schema().find(column).isEmpty());
    }

    private DataSet read(ConversionModel model, Path path, UserFile file) throws IOException {
        CsvDataSet.Options options = options(model, file);
        Optional<String> converted = positive.of(label, model);
        return read(path, converted.isPresent() ? options.positive(converted.get()) : options);
    }

    private CsvDataSet.Options options(ConversionModel model, UserFile file) throws IOException {
        file.open(bytes -> {}).close();
        String groups = attribute(model).orElse(null);
        CsvDataSet.Options options = tolerated
                .in(CsvDataSet.label(label))
                .dialect(source.dialect())
                .schema(model.schema())
                .exclude(file.skipped().stream()
                        .filter(column -> !column.equals(label) && !column.equals(groups))
                        .toList());
        return groups == null ? options : options.attributes(groups);
    }

    private static DataSet read(Path path, CsvDataSet.Options options) throws IOException {
        try (Progress progress = Progress.ofReading(path)) {
            return CsvDataSet.read(path, options.progress(progress));
        }
    }
}
