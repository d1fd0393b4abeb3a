package io.conversion.policy.records;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.signing.SigningKey;
import io.conversion.policy.signing.SigningKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the signatures of the lines of one file. For one thread. */
final class SignatureChain {

    private final SigningKeys keys;
    private String previous = LineSignature.START;
    private long lines;
    private boolean signed;

    SignatureChain(SigningKeys keys) {
        this.keys = keys;
    }

    /** What is wrong with the signature of the next line; empty if it follows the one before, or no line has any. */
    Optional<String> next(byte[] line, @Nullable LineSignature signature) {
        lines++;
        if (signature == null) {
            return signed
                    ? Optional.of("/signature is missing; lines before it are signed, so this one was put there, or its"
                            + " signature was taken away")
                    : Optional.empty();
        }
        String before = previous;
        previous = signature.mac();
        signed = true;
        Optional<SigningKey> key = keys.find(signature.key());
        if (key.isEmpty()) {
            return Optional.of(
                    "/signature/key is " + ArtifactText.quoted(signature.key()) + "; that key was not given");
        } else if (signature.line() != lines) {
            return Optional.of("/signature/line is " + signature.line() + "; it is line " + lines
                    + " of the file: lines were removed, added or moved");
        }
        return signature.isOf(line, key.get(), before)
                ? Optional.empty()
                : Optional.of("/signature/mac is not that of the line after the one before it; one of the two was"
                        + " changed, removed or moved by somebody without the key");
    }

    /** A line that is no record: whatever follows cannot follow it. */
    void unreadable() {
        lines++;
    }
}
