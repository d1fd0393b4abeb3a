package io.conversion.model;

import java.util.Map;
import java.util.Optional;

/** The versions of the software that a model is trained with, for its provenance. */
final class Software {

    private Software() {}

    static Map<String, String> versions() {
        return Map.of(
                "conversion-sdk", version(Software.class),
                "smile", "2.6.0",
                "java", Runtime.version().toString());
    }

    /** The version in the manifest of the jar; classes that were not packaged yet have none. */
    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    }
}
