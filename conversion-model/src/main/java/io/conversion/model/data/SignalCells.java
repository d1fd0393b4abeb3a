package io.conversion.model.data;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.SignalHandle;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.SignalsBuilder;
import io.conversion.core.signals.Violation;
import java.util.List;

/** The cells of a file's rows that hold the signals of a schema. Immutable. */
final class SignalCells {

    private final SignalSchema schema;
    private final CsvFile file;
    private final List<SignalHandle> handles;
    private final int[] columns;

    /** The header of the file names every signal. */
    SignalCells(SignalSchema schema, CsvFile file) {
        this.schema = schema;
        this.file = file;
        this.handles = schema.declared().stream()
                .map(signal -> schema.handle(signal.name()))
                .toList();
        this.columns = schema.declared().stream()
                .mapToInt(signal -> file.header().indexOf(signal.name()))
                .toArray();
    }

    /** Sets the row that ends next to what its cells say, as it is given; whether any schema takes it as it is. */
    boolean set(ColumnsBuilder builder, CsvFile.Row row) {
        boolean clean = true;
        for (int i = 0; i < columns.length; i++) {
            clean &= CsvCell.set(builder, i, schema.at(i), text(row, i), file.dialect());
        }
        return clean;
    }

    private String text(CsvFile.Row row, int position) {
        return row.cells().get(columns[position]);
    }

    /** The signals of a row; refused, too, if it has another number of cells than the header. */
    SignalReading read(CsvFile.Row row) {
        String ragged = file.raggedness(row);
        if (!ragged.isEmpty()) {
            return new SignalReading.Refused(List.of(new Violation("", Violation.Kind.UNREADABLE, ragged)));
        }
        SignalsBuilder signals = schema.signals();
        for (int i = 0; i < columns.length; i++) {
            CsvCell.set(signals, handles.get(i), text(row, i), file.dialect());
        }
        return signals.read() instanceof SignalReading.Refused refused
                ? new SignalReading.Refused(refused.violations().stream()
                        .map(violation -> hinted(violation, row))
                        .toList())
                : signals.read();
    }

    /** The same violation; of a number in another spelling it says how to read it. */
    private Violation hinted(Violation violation, CsvFile.Row row) {
        int position = schema.position(violation.signal());
        if (position < 0
                || violation.kind() != Violation.Kind.WRONG_TYPE
                || !(schema.at(position) instanceof NumericSignal)) {
            return violation;
        }
        String hint = SpeltNumbers.hint(text(row, position), file.dialect());
        return hint.isEmpty()
                ? violation
                : new Violation(violation.signal(), violation.kind(), violation.message() + hint);
    }
}
