/**
 * What a model is told of a user: start at {@link io.conversion.core.signals.SignalSchema}, which turns maps, records and
 * requests into {@link io.conversion.core.signals.Signals} or names every violation.
 */
@NullMarked
package io.conversion.core.signals;

import org.jspecify.annotations.NullMarked;
