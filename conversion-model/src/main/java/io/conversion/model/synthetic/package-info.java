/**
 * Users that are made up from a seed: start at {@link io.conversion.model.synthetic.StreamingUsers}.
 */
@NullMarked
package io.conversion.model.synthetic;

import org.jspecify.annotations.NullMarked;
