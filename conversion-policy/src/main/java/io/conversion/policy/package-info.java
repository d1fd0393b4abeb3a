/**
 * Policies and decisions: start at {@link io.conversion.policy.PolicyEngine}, which turns a score into a decision by
 * the rules of a {@link io.conversion.policy.Policy}.
 */
@NullMarked
package io.conversion.policy;

import org.jspecify.annotations.NullMarked;
