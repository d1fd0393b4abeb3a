package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.CsvSignals;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * A CSV file of users for a model, and the columns of it that are not signals: the label and the excluded columns of
 * the model's training, where the file has them, and the ones that the command line names.
 */
public final class UserFile {

    private final ConversionModel model;
    private final Path path;
    private final CsvDialect dialect;
    private final List<String> ignored;

    /** Why each column is passed over, the named ones first. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private final List<String> kept = new ArrayList<>();
    private List<String> skipped = List.of();

    UserFile(ConversionModel model, Path path, CsvDialect dialect, List<String> ignored) {
        this.model = model;
        this.path = path;
        this.dialect = dialect;
        this.ignored = ignored.stream().map(String::strip).toList();
        this.ignored.forEach(column -> reasons.put(column, "--ignore"));
        model.training()
                .map(training -> training.data().label())
                .ifPresent(label -> reasons.putIfAbsent(label, "the label of the model"));
        model.training()
                .map(training -> training.data().excluded())
                .ifPresent(columns -> columns.forEach(column -> reasons.putIfAbsent(column, "excluded in training")));
    }

    /** Passes over one more column, for a reason that goes before others. */
    public UserFile passOver(String column, String reason) {
        reasons.put(column, reason);
        return this;
    }

    /** Hands the text of one more column on beside the signals, for a reason that goes before others. */
    public UserFile keep(String column, String reason) {
        kept.add(column);
        return passOver(column, reason);
    }

    /** Opens the file. A column that is neither a signal nor passed over is refused, and so is a misspelt name. */
    public CsvSignals open(LongConsumer progress) throws IOException {
        CsvSignals users = openRows(progress);
        skipped = users.skipped();
        List<String> absent = new ArrayList<>(ignored);
        absent.removeAll(skipped);
        if (!absent.isEmpty()) {
            users.close();
            throw new RefusedInputException(
                    path.getFileName() + ": there is no column " + Wording.quoted(absent) + " to ignore");
        }
        return users;
    }

    private CsvSignals openRows(LongConsumer progress) throws IOException {
        try {
            return CsvSignals.open(path, dialect, model.schema(), reasons.keySet(), kept, progress);
        } catch (InvalidDataException e) {
            // A misspelt name shows beside the column that it does not match.
            String hint = ignored.isEmpty() ? "" : "\n  --ignore names " + Wording.quoted(ignored);
            throw new RefusedInputException(e.getMessage() + hint);
        }
    }

    /** The columns that are passed over, in the order of the opened file. */
    public List<String> skipped() {
        return skipped;
    }

    /** The same in words, with the reasons. */
    public String passedOver() {
        return skipped.isEmpty()
                ? "columns passed over: none"
                : skipped.stream()
                        .map(column -> column + " (" + reasons.get(column) + ")")
                        .collect(Collectors.joining(", ", "columns passed over: ", ""));
    }
}
