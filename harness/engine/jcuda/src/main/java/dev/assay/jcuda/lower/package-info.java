/**
 * Turns the kernels of a plan into launches: which generated or committed kernel, over which grid,
 * with which arguments. What it decides depends on extents and precision alone. May import {@code
 * dev.assay.jcuda.driver}, {@code dev.assay.jcuda.ptx} and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.jcuda.lower;

import org.jspecify.annotations.NullMarked;
