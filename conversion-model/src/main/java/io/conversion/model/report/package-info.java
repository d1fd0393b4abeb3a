/**
 * The report of a model: start at {@link io.conversion.model.report.ModelReport}, a page for people, or
 * {@link io.conversion.model.report.EvaluationReport}, all figures as JSON. A class whose name ends
 * in {@code Section} says what one part of the page holds.
 */
@NullMarked
package io.conversion.model.report;

import org.jspecify.annotations.NullMarked;
