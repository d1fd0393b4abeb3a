/**
 * A model and a policy as a host serves them: verified to fit each other, loaded from a folder, swapped as one while
 * requests run. Start at {@link io.conversion.policy.serving.ArtifactWatcher} and
 * {@link io.conversion.policy.serving.DecisionPoint}.
 */
@NullMarked
package io.conversion.policy.serving;

import org.jspecify.annotations.NullMarked;
