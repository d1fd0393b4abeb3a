/**
 * The drawings of a report: start at {@link io.conversion.model.chart.ChartCanvas}, with a class for each chart. Not
 * exported.
 */
@NullMarked
package io.conversion.model.chart;

import org.jspecify.annotations.NullMarked;
