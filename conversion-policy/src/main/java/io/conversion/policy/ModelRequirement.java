package io.conversion.policy;

import io.conversion.core.ModelReference;
import io.conversion.core.json.ArtifactText;
import io.conversion.policy.internal.Wording;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model that a policy was tuned for. Scores of any other model are answered with a fallback. Immutable.
 */
public final class ModelRequirement {

    private final String name;
    private final @Nullable String digest;

    private ModelRequirement(String name, @Nullable String digest) {
        this.name = name;
        this.digest = digest;
    }

    /**
     * Requires a model by its name, in any version.
     *
     * @param name the name of the model
     * @return the requirement
     */
    public static ModelRequirement named(String name) {
        return new ModelRequirement(name, null);
    }

    /**
     * Requires one model exactly.
     *
     * @param name the name of the model
     * @param digest the digest of its artifact
     * @return the requirement
     * @throws IllegalArgumentException if the digest is not {@code sha256:} and 64 hexadecimal digits
     */
    public static ModelRequirement exactly(String name, String digest) {
        if (!ArtifactText.isDigest(digest)) {
            throw new IllegalArgumentException("model " + Wording.quoted(name) + " cannot have the digest "
                    + Wording.quoted(digest) + "; expected sha256: and 64 hexadecimal digits");
        }
        return new ModelRequirement(name, digest);
    }

    /**
     * The name of the model.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The digest of the model's artifact.
     *
     * @return the digest, empty if any version will do
     */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /**
     * Tells whether a model is the required one.
     *
     * @param model the model
     * @return whether its name, and its digest where one is required, are the same
     */
    public boolean isMetBy(ModelReference model) {
        return name.equals(model.name()) && (digest == null || digest.equals(model.digest()));
    }

    /** The name in quotes, and the digest where one is required. */
    @Override
    public String toString() {
        return Wording.quoted(name) + (digest == null ? "" : " with digest " + digest);
    }
}
