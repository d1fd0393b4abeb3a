/**
 * What several packages of this module need and no other module sees: start at
 * {@link io.conversion.core.internal.HiddenCopy}, which makes classes whose constants are one model's.
 */
@NullMarked
package io.conversion.core.internal;

import org.jspecify.annotations.NullMarked;
