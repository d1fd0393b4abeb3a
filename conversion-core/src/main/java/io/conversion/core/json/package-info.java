/**
 * Strict JSON for the library's own artifacts, over the streaming parser of Jackson: start at
 * {@link io.conversion.core.json.JsonDocument}.
 *
 * <p>Exported to the modules of this library only; not an API for applications.
 */
@NullMarked
package io.conversion.core.json;

import org.jspecify.annotations.NullMarked;
