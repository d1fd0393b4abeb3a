package io.conversion.policy.records;

import io.conversion.policy.signing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Signs the lines of one file in their order, for hosts that write files of records themselves; a {@link JsonlDecisionLog}
 * does so by {@link JsonlOptions#signedBy}. For one thread.
 */
public final class LineSigner {

    private final SigningKey key;
    private String previous = LineSignature.START;
    private long line;

    LineSigner(SigningKey key) {
        this.key = key;
    }

    /**
     * Begins a file.
     *
     * @param key the key that signs
     * @return a signer whose next line is the first one of a file
     */
    public static LineSigner of(SigningKey key) {
        return new LineSigner(key);
    }

    /**
     * Signs the next lines of the file.
     *
     * @param lines whole lines of records, each with a line feed at its end
     * @return the same lines, each with its signature
     */
    public String signed(String lines) {
        return StandardCharsets.UTF_8
                .decode(signed(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8))))
                .toString();
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
