/**
 * Kernels of the contractions: matrix products, attention, convolution. Each is cut into tiles by
 * its shapes alone, and a tile is computed by one thread, so that results do not depend on how many
 * threads there are.
 *
 * <p>May import: the JDK, {@code dev.assay.tensor} and the packages of {@code dev.assay.cpu} for
 * memory, matrix products and vector functions.
 */
@NullMarked
package dev.assay.cpu.kernel;

import org.jspecify.annotations.NullMarked;
