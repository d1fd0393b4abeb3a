/**
 * Records of decisions and their replay: a {@link io.conversion.policy.records.JsonlDecisionLog} takes what was decided,
 * {@link io.conversion.policy.records.Replay} decides it again and compares bits.
 */
@NullMarked
package io.conversion.policy.records;

import org.jspecify.annotations.NullMarked;
