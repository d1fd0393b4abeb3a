package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.internal.Wording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which policy a decision is by.
 *
 * @param name the name of the policy
 * @param version its version
 * @param digest SHA-256 of its canonical content, as {@code sha256:} and 64 hexadecimal digits
 */
public record PolicyReference(String name, String version, String digest) {

    /** No policy: name, version and digest are empty, which those of a policy never are. */
    public static final PolicyReference NONE = new PolicyReference("", "", "");

    /** The name in quotes and the version. */
    @Override
    public String toString() {
        return equals(NONE) ? "no policy" : Wording.quoted(name) + " " + ArtifactText.shown(version);
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
