/**
 * The report of a model, a page to read: start at {@link io.conversion.model.report.ModelReport}. A class whose name ends
 * in {@code Section} says what one part of the page holds, one that ends in {@code Chart} draws.
 */
@NullMarked
package io.conversion.model.report;

import org.jspecify.annotations.NullMarked;
