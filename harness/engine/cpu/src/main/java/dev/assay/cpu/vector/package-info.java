/**
 * Elementary functions on vectors of floats, and loops of them over tiles: the primitives from
 * which the CPU backend's fused kernels are put together.
 *
 * <p>May import: the JDK, {@code dev.assay.tensor}, {@code dev.assay.cpu.memory} and {@code
 * dev.assay.cpu.x86}.
 */
@NullMarked
package dev.assay.cpu.vector;

import org.jspecify.annotations.NullMarked;
