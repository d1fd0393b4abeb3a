package io.conversion.policy.signing;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.ArtifactHeader;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a host: the first one signs, and all of them verify, so that a key can be replaced while what it signed stays
 * verifiable. The file of keys is described in {@code docs/decision-records.md}. Immutable and safe to share between
 * threads.
 */
public final class SigningKeys {

    private static final String FORMAT = "conversion-signing-keys";
    private static final int VERSION = 1;

    private final List<SigningKey> keys;
    private final Map<String, SigningKey> byId = new LinkedHashMap<>();

    private SigningKeys(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> byId.put(key.id(), key));
    }

    /**
     * Makes keys.
     *
     * @param signing the key that signs
     * @param older keys that verify only
     * @return the keys
     * @throws IllegalArgumentException if two have one id
     */
    public static SigningKeys of(SigningKey signing, SigningKey... older) {
        List<SigningKey> all = new ArrayList<>(List.of(signing));
        all.addAll(List.of(older));
        SigningKeys keys = new SigningKeys(all);
        if (keys.byId.size() < all.size()) {
            throw new IllegalArgumentException("the keys are " + all + "; each has an id of its own");
        }
        return keys;
    }

    /**
     * Loads a file of keys.
     *
     * @param file the file, which nobody but the host should be able to read
     * @return the keys
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if the content is refused; no message tells a secret
     */
    public static SigningKeys load(Path file) throws IOException {
        return JsonDocument.read(file, SigningKeys::read);
    }

    private static SigningKeys read(JsonObject json) {
        ArtifactHeader.check(json, FORMAT, VERSION);
        List<SigningKey> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (JsonObject object : json.objects("keys")) {
            String id = object.name("id");
            byte[] secret = secret(object);
            if (ids.contains(id)) {
                object.problem("id", ArtifactText.quoted(id) + " again", "each key has an id of its own");
            }
            ids.add(id);
            if (json.isValid()) {
                keys.add(SigningKey.of(id, secret));
            }
        }
        if (ids.isEmpty() && json.isValid()) {
            json.problem("keys", "empty", "expected at least one key; the first one signs");
        }
        json.refuseIfInvalid();
        return new SigningKeys(keys);
    }

    private static byte[] secret(JsonObject json) {
        String text = json.text("secret");
        try {
            byte[] secret = HexFormat.of().parseHex(text);
            if (secret.length >= SigningKey.LEAST_BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the secret.
        }
        json.problem(
                "secret",
                "no secret of a key",
                "expected at least " + 2 * SigningKey.LEAST_BYTES
                        + " hexadecimal digits, such as \"openssl rand -hex 32\" prints");
        return new byte[0];
    }

    /**
     * The key that signs.
     *
     * @return the first key
     */
    public SigningKey signing() {
        return keys.get(0);
    }

    /**
     * A key by its id.
     *
     * @param id the id
     * @return the key; empty if there is none of this id
     */
    public Optional<SigningKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The ids of the keys, and never a secret. */
    @Override
    public String toString() {
        return keys.toString();
    }
}
