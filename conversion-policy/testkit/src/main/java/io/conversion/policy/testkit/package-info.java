/**
 * Tests of policies. Start at {@link io.conversion.policy.testkit.PolicyLaws}, which runs all laws on a policy, and at
 * {@link io.conversion.policy.testkit.PolicyExamples}, which shows a policy in examples that people review.
 */
@NullMarked
package io.conversion.policy.testkit;

import org.jspecify.annotations.NullMarked;
