package io.conversion.policy.records;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.internal.Wording;

/**
 * Which schema the signals of a decision are of.
 *
 * @param name the name of the schema
 * @param version its version
 * @param digest SHA-256 of its canonical content, as {@code sha256:} and 64 hexadecimal digits
 */
public record SchemaReference(String name, String version, String digest) {

    static SchemaReference of(SignalSchema schema) {
        return new SchemaReference(schema.name(), schema.version(), schema.digest());
    }

    /** Name, version and the beginning of the digest. */
    @Override
    public String toString() {
        return Wording.quoted(name) + " " + ArtifactText.shown(version) + " (" + ArtifactText.shown(digest) + ")";
    }
}
