/**
 * What an artifact file (a model, a signal schema, a policy) is refused with:
 * {@link io.conversion.core.artifact.InvalidArtifactException}.
 */
@NullMarked
package io.conversion.core.artifact;

import org.jspecify.annotations.NullMarked;
