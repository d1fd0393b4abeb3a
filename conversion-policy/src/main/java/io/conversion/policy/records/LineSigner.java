package io.conversion.policy.records;

import io.conversion.policy.signing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Signs the lines of one file, batch by batch. For one thread. */
final class LineSigner {

    private final SigningKey key;
    private String previous = LineSignature.START;
    private long line;

    LineSigner(SigningKey key) {
        this.key = key;
    }

    /** The same whole lines, each with its signature. They count as written: after a failure the file is given up. */
    ByteBuffer signed(ByteBuffer lines) {
        byte[] all = new byte[lines.remaining()];
        lines.get(all);
        ByteArrayOutputStream out = new ByteArrayOutputStream(all.length + all.length / 4);
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                byte[] signed = LineSignature.signed(Arrays.copyOfRange(all, start, i), key, previous, ++line);
                previous = LineSignature.macOf(signed);
                out.writeBytes(signed);
                out.write('\n');
                start = i + 1;
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }
}
