package io.conversion.policy.records;

import io.conversion.core.signals.SignalSchema;

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
}
