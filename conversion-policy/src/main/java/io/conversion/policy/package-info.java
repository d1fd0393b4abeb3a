/**
 * Policies and decisions: start at {@link io.conversion.policy.PolicyEngine}, which turns a score into a decision by
 * the rules of a {@link io.conversion.policy.Policy}. Beside it, {@code review} says what is wrong with a policy and what
 * another version changes, {@code economics} finds bounds, {@code history} keeps versions, {@code requests} reads users
 * from JSON, {@code serving} serves and swaps a model with its policy, {@code records} logs decisions and makes them
 * again, and {@code monitoring} watches them.
 */
@NullMarked
package io.conversion.policy;

import org.jspecify.annotations.NullMarked;
