/**
 * Time per score of this library and of other JVM libraries, for one and the same logistic model: start at
 * {@link io.conversion.benchmarks.NeighbourBenchmark}, and see {@link io.conversion.benchmarks.BenchmarkModel} for the
 * model.
 */
@NullMarked
package io.conversion.benchmarks;

import org.jspecify.annotations.NullMarked;
