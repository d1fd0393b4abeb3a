/** A host that embeds the library: {@code ServiceApplication} starts it, {@code ServingConfiguration} puts it together. */
@NullMarked
package io.conversion.service;

import org.jspecify.annotations.NullMarked;
