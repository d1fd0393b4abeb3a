/** The quick start: from users to a model, scores and decisions in one class, {@link io.conversion.quickstart.Quickstart}. */
@NullMarked
package io.conversion.quickstart;

import org.jspecify.annotations.NullMarked;
