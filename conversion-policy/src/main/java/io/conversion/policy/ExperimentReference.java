package io.conversion.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names an experiment by its content. Immutable and safe to share between threads.
 *
 * @param name its name
 * @param version its version
 * @param digest the digest of its content: {@code sha256:} and 64 hexadecimal digits
 */
public record ExperimentReference(String name, String version, String digest) {

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
