/**
 * What a policy that was never in force would have brought, from decisions of another one that were recorded with the
 * probability of each action; or a refusal, where the log cannot say it. Start at {@link OffPolicyEvaluation}.
 */
@NullMarked
package io.conversion.experiments.value;

import org.jspecify.annotations.NullMarked;
