package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.internal.Wording;

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
}
