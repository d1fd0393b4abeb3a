/**
 * Requests of users to decide on, from JSON that somebody else wrote: start at
 * {@link io.conversion.policy.requests.RequestReader}, which names everything that is wrong, or hands out signals and
 * context.
 */
@NullMarked
package io.conversion.policy.requests;

import org.jspecify.annotations.NullMarked;
