package io.conversion.policy.signing;

import io.conversion.core.json.ArtifactText;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret by which texts are signed: HMAC with SHA-256 (RFC 2104). Whoever has it can sign and verify, whoever has not can
 * do neither. Immutable and safe to share between threads.
 */
public final class SigningKey {

    /** The fewest bytes of a secret: as many as the signature has. */
    public static final int LEAST_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec secret;

    private SigningKey(String id, SecretKeySpec secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * Makes a key.
     *
     * @param id the name of the key, which signatures tell; no secret
     * @param secret at least {@value #LEAST_BYTES} random bytes
     * @return the key
     * @throws IllegalArgumentException if the name is none, or the secret is too short
     */
    public static SigningKey of(String id, byte[] secret) {
        if (!ArtifactText.isName(id)) {
            throw new IllegalArgumentException(
                    "the id of a key " + ArtifactText.quoted(id) + " is not valid; " + ArtifactText.NAME);
        }
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException("the secret of key " + ArtifactText.quoted(id) + " has " + secret.length
                    + " bytes; at least " + LEAST_BYTES + " random ones are allowed");
        }
        return new SigningKey(id, new SecretKeySpec(secret, ALGORITHM));
    }

    /**
     * The name of the key.
     *
     * @return the name, which is no secret
     */
    public String id() {
        return id;
    }

    /**
     * Signs bytes.
     *
     * @param content the bytes
     * @return 64 hexadecimal digits
     */
    public String sign(byte[] content) {
        return HexFormat.of().formatHex(mac().doFinal(content));
    }

    /**
     * Tells whether bytes were signed with this key. The time that it takes does not tell how much of a wrong signature is
     * right.
     *
     * @param content the bytes
     * @param signature what {@link #sign} answered for them
     * @return whether it did
     */
    public boolean verifies(byte[] content, String signature) {
        return MessageDigest.isEqual(
                sign(content).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The name of the key, and never its secret. */
    @Override
    public String toString() {
        return "key " + ArtifactText.quoted(id);
    }
}
