package io.conversion.service;

import io.conversion.core.ModelReference;
import io.conversion.policy.PolicyReference;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Which model or policy it was.
 *
 * @param name the name
 * @param version the version
 * @param digest SHA-256 of the canonical content
 */
record ArtifactReference(
        @Schema(example = "trial-conversion") String name,
        @Schema(example = "1") String version,
        @Schema(pattern = "sha256:[0-9a-f]{64}") String digest) {

    static ArtifactReference of(ModelReference model) {
        return new ArtifactReference(model.name(), model.version(), model.digest());
    }

    static ArtifactReference of(PolicyReference policy) {
        return new ArtifactReference(policy.name(), policy.version(), policy.digest());
    }
}
