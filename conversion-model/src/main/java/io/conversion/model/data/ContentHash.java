package io.conversion.model.data;

import io.conversion.core.json.JsonText;
import io.conversion.core.signals.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where each row falls by a hash of what it holds, whatever the order of rows and columns. */
final class ContentHash {

    private ContentHash() {}

    /** A number from 0 to below 1 for each row, of its signals by name; the outcome has no part in it. */
    static double[] ofSignals(DataSet data) {
        List<Signal> declared = data.schema().declared();
        int[] byName = IntStream.range(0, declared.size())
                .boxed()
                .sorted(Comparator.comparing(position -> declared.get(position).name()))
                .mapToInt(position -> position)
                .toArray();
        return IntStream.range(0, data.rows())
                .mapToDouble(row -> {
                    MessageDigest digest = JsonText.sha256();
                    for (int position : byName) {
                        update(digest, data.text(position, row));
                    }
                    return draw(digest);
                })
                .toArray();
    }

    /** A number from 0 to below 1 for each text. */
    static double[] of(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> {
                    MessageDigest digest = JsonText.sha256();
                    update(digest, text);
                    return draw(digest);
                })
                .toArray();
    }

    /** With its length before it, so that no two rows have the same bytes because of where one text ends. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /** The first 53 bits as a fraction. */
    private static double draw(MessageDigest digest) {
        return (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * 0x1p-53;
    }
}
