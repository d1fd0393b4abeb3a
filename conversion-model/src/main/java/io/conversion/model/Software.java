package io.conversion.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The versions of the software that a model is trained with, for its provenance. */
final class Software {

    private static final Properties VERSIONS = read();

    private Software() {}

    static Map<String, String> versions() {
        return Map.of(
                "conversion-sdk", VERSIONS.getProperty("conversion-sdk"),
                "smile", VERSIONS.getProperty("smile"),
                "java", Runtime.version().toString());
    }

    /** Written by the build; the manifest would not do, since a named module has no version there. */
    private static Properties read() {
        try (InputStream in = Objects.requireNonNull(Software.class.getResourceAsStream("versions.properties"))) {
            Properties versions = new Properties();
            versions.load(in);
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
