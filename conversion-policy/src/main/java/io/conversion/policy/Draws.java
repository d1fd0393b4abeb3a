package io.conversion.policy;

import io.conversion.core.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Maps a salt and a key to a number that is spread evenly over keys: the one rule of everything that is drawn of users. */
final class Draws {

    private Draws() {}

    /** SHA-256 of the salt, a zero byte and the key, in UTF-8. */
    static byte[] hash(String salt, String key) {
        return JsonText.sha256().digest((salt + '\0' + key).getBytes(StandardCharsets.UTF_8));
    }

    /** The first 53 bits of the hash, times 2^-53. */
    static double of(String salt, String key) {
        return of(ByteBuffer.wrap(hash(salt, key)).getLong());
    }

    static double of(long firstBits) {
        return (firstBits >>> 11) * 0x1p-53;
    }
}
