/** A host without any framework, in one class: {@link io.conversion.plainhost.PlainHost}. */
@NullMarked
package io.conversion.plainhost;

import org.jspecify.annotations.NullMarked;
