package io.conversion.policy.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What records say of the library that made them. */
final class Library {

    static final String VERSION = read();

    private Library() {}

    /** Written by the build; the manifest would not do, since a named module has no version there. */
    private static String read() {
        try (InputStream in = Objects.requireNonNull(Library.class.getResourceAsStream("version.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
