package io.conversion.model.data;

import io.conversion.core.SignalColumn;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of one signal: the number, 1 or 0 for a flag, the code of a level; NaN where it is missing. A level that
 * the schema does not list has the code {@code -1 - i}, where i is its place among the unseen ones.
 */
final class Column {

    private final double[] values;
    private final List<String> unseen;

    Column(double[] values, List<String> unseen) {
        this.values = values;
        this.unseen = unseen;
    }

    double[] values() {
        return values;
    }

    /** The value of a row as a map of signals would hold it, null where it is missing. */
    @Nullable
    Object value(Signal signal, int row) {
        double value = values[row];
        if (Double.isNaN(value)) {
            return null;
        }
        if (signal instanceof NumericSignal) {
            return value;
        }
        return signal instanceof FlagSignal ? value == 1 : text(signal, row);
    }

    /** The same values as they are scored in batches. */
    SignalColumn signalColumn(Signal signal) {
        BitSet missing = new BitSet();
        IntStream.range(0, values.length)
                .filter(row -> Double.isNaN(values[row]))
                .forEach(missing::set);
        return signal.match(
                numeric -> SignalColumn.orMissing(values),
                categorical -> unseen.isEmpty()
                        ? SignalColumn.codes(Arrays.stream(values)
                                        .mapToInt(code -> (int) code)
                                        .toArray())
                                .missing(missing)
                        : SignalColumn.levels(IntStream.range(0, values.length)
                                .mapToObj(row -> missing.get(row) ? null : text(categorical, row))
                                .toArray(String[]::new)),
                flag -> SignalColumn.flags(flags()).missing(missing));
    }

    private boolean[] flags() {
        boolean[] flags = new boolean[values.length];
        for (int row = 0; row < flags.length; row++) {
            flags[row] = values[row] == 1;
        }
        return flags;
    }

    /** The value of a row as text, empty where it is missing. */
    String text(Signal signal, int row) {
        double value = values[row];
        if (Double.isNaN(value)) {
            return "";
        } else if (signal instanceof CategoricalSignal categorical) {
            int code = (int) value;
            return code < 0 ? unseen.get(-1 - code) : categorical.levels().get(code);
        }
        return signal instanceof FlagSignal ? String.valueOf(value == 1) : String.valueOf(value);
    }

    /** The levels that occur, of a categorical signal. */
    List<String> levels(Signal signal) {
        if (!(signal instanceof CategoricalSignal categorical)) {
            return List.of();
        }
        BitSet listed = new BitSet();
        for (double code : values) {
            if (code >= 0) {
                listed.set((int) code);
            }
        }
        return Stream.concat(listed.stream().mapToObj(categorical.levels()::get), unseen.stream())
                .toList();
    }

    Column rows(int[] kept) {
        return new Column(Arrays.stream(kept).mapToDouble(row -> values[row]).toArray(), unseen);
    }

    /** SHA-256 of the values bit for bit, of unseen levels of their names. */
    byte[] digest() {
        MessageDigest digest = JsonText.sha256();
        ByteBuffer bytes = ByteBuffer.allocate(1024 * Double.BYTES);
        boolean hasUnseen = !unseen.isEmpty();
        for (double value : values) {
            bytes.putDouble(hasUnseen && value < 0 ? -1 : value);
            if (!bytes.hasRemaining()) {
                digest.update(bytes.flip());
                bytes.clear();
            }
        }
        digest.update(bytes.flip());
        // Unseen levels by their names, since their codes depend on the rows that were read before.
        for (int row = 0; hasUnseen && row < values.length; row++) {
            if (values[row] < 0) {
                byte[] level = unseen.get(-1 - (int) values[row]).getBytes(StandardCharsets.UTF_8);
                digest.update(bytes.clear().putDouble(level.length).flip());
                digest.update(level);
            }
        }
        return digest.digest();
    }
}
