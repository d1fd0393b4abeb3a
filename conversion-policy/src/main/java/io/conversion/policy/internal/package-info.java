/** What several packages of the policy module share and nobody else sees. */
@NullMarked
package io.conversion.policy.internal;

import org.jspecify.annotations.NullMarked;
