/**
 * Data for benchmarks, the same for Assay and for what it is compared with.
 *
 * <p>May import: {@code dev.assay.tensor}'s random stream.
 */
@NullMarked
package dev.assay.bench.data;

import org.jspecify.annotations.NullMarked;
