package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** The rule that other languages follow, whatever way a draw takes: plain ASCII and not, short and beyond the buffer. */
class DrawsPropertyTest {

    /** One after another by one thread, so that nothing that a draw leaves behind shows in the next. */
    @Property(tries = 500)
    void drawIsTheFirst53BitsOfTheHash(@ForAll("texts") List<String> salts, @ForAll("texts") List<String> keys)
            throws NoSuchAlgorithmException {
        for (String salt : salts) {
            for (String key : keys) {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest((salt + '\0' + key).getBytes(StandardCharsets.UTF_8));
                double draw = new BigInteger(1, hash).shiftRight(256 - 53).doubleValue() / Math.pow(2, 53);

                assertThat(Draws.of(salt, key)).isEqualTo(draw);
                assertThat(Draws.hash(salt, key)).isEqualTo(hash);
            }
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        StringArbitrary ascii = Arbitraries.strings().withCharRange('\0', '\u007f');
        StringArbitrary any = Arbitraries.strings().all();
        // The lengths at which a block of the hash, and the buffer, are full.
        return Arbitraries.oneOf(
                        ascii.ofMaxLength(20),
                        ascii.ofMinLength(20).ofMaxLength(70),
                        ascii.ofMinLength(110).ofMaxLength(140),
                        ascii.ofMinLength(250).ofMaxLength(260),
                        any.ofMaxLength(30))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
