/**
 * Two programs timed in turns on one machine: the other one's process, the blocks, what the cores
 * are like meanwhile, and the ratio with its interval.
 *
 * <p>May import: {@code dev.assay.bench.steps} and the engine's random stream.
 */
@NullMarked
package dev.assay.bench.compare;

import org.jspecify.annotations.NullMarked;
