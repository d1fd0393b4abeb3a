package io.conversion.policy.history;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.policy.signing.SigningKey;
import io.conversion.policy.signing.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature of an entry: of its digest, which covers the entry and the digest of the one before it.
 *
 * @param key the id of the key
 * @param mac 64 hexadecimal digits
 */
record EntrySignature(String key, String mac) {

    private static final String DOMAIN = "conversion-policy-history\n";

    static EntrySignature of(String digest, SigningKey key) {
        return new EntrySignature(key.id(), key.sign(content(digest)));
    }

    static EntrySignature read(JsonObject json) {
        EntrySignature read = new EntrySignature(json.name("key"), json.text("mac"));
        if (!read.mac.isBlank()
                && !(read.mac.length() == 64 && read.mac.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0))) {
            json.problem("mac", ArtifactText.quoted(read.mac), "expected 64 hexadecimal digits");
        }
        return read;
    }

    Map<String, Object> json() {
        return JsonText.object("key", key, "mac", mac);
    }

    /** What is wrong with the signature of an entry that follows others, by some keys. */
    static Optional<Problem> problem(
            @Nullable EntrySignature signature, String digest, List<HistoryEntry> before, SigningKeys keys) {
        if (signature == null) {
            return before.isEmpty() || before.get(before.size() - 1).signedBy().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "/signature",
                            "missing",
                            "the entries before it are signed: it was added, or changed, by somebody without the key"));
        }
        Optional<SigningKey> key = keys.find(signature.key);
        if (key.isEmpty()) {
            return Optional.of(new Problem(
                    "/signature/key",
                    ArtifactText.quoted(signature.key),
                    "that key was not given: add it to the keys"));
        }
        return key.get().verifies(content(digest), signature.mac)
                ? Optional.empty()
                : Optional.of(new Problem(
                        "/signature/mac",
                        "not that of the entry",
                        "the entry, or one before it, was changed by somebody without the key"));
    }

    private static byte[] content(String digest) {
        return (DOMAIN + digest).getBytes(StandardCharsets.UTF_8);
    }
}
