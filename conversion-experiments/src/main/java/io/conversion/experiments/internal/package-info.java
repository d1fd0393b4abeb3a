/** What several packages of this module share; not exported. */
@NullMarked
package io.conversion.experiments.internal;

import org.jspecify.annotations.NullMarked;
