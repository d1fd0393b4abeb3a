/**
 * Secret keys by which records and histories are signed, so that a change by somebody who has no key is found: start at
 * {@link io.conversion.policy.signing.SigningKeys}.
 */
@NullMarked
package io.conversion.policy.signing;

import org.jspecify.annotations.NullMarked;
