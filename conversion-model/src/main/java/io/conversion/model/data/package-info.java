/**
 * Rows to train on and to measure with: start at {@link io.conversion.model.data.CsvDataSet}, which reads a file to a
 * {@link io.conversion.model.data.DataSet} or names every bad cell.
 */
@NullMarked
package io.conversion.model.data;

import org.jspecify.annotations.NullMarked;
