/**
 * The workloads of {@code assay bench} as benchmarks of JMH: a class for each kind, whose parameter
 * {@code name} says which.
 */
@NullMarked
package dev.assay.bench.jmh;

import org.jspecify.annotations.NullMarked;
