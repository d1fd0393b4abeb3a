package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which model a score is of.
 *
 * @param name the name of the model
 * @param version its version
 * @param digest SHA-256 of its canonical content, as {@code sha256:} and 64 hexadecimal digits
 */
public record ModelReference(String name, String version, String digest) {

    /** The name in quotes, the version and the first digits of the digest. */
    @Override
    public String toString() {
        return ArtifactText.quoted(name) + " " + ArtifactText.shown(version) + " ("
                + digest.substring(0, Math.min(digest.length(), 15)) + ")";
    }

    /**
     * The reference as plain values, for any JSON mapper: {@code name}, {@code version} and {@code digest}.
     *
     * @return an unmodifiable map with its keys in that order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("version", version);
        map.put("digest", digest);
        return Collections.unmodifiableMap(map);
    }
}
