/** A host that embeds the library: {@code ServiceApplication} starts it, and the starter puts the library together. */
@NullMarked
package io.conversion.service;

import org.jspecify.annotations.NullMarked;
