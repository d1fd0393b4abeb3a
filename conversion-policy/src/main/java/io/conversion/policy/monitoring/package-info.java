/** Decisions as they are made: who listens to them, and what they say about drift. */
@NullMarked
package io.conversion.policy.monitoring;

import org.jspecify.annotations.NullMarked;
