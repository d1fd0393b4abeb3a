/**
 * Users over time: start at {@link io.conversion.model.lifecycle.IntentHorizons}, which answers from an
 * {@link io.conversion.model.lifecycle.EventLog} how many days after signup the intent to buy can be seen.
 */
@NullMarked
package io.conversion.model.lifecycle;

import org.jspecify.annotations.NullMarked;
