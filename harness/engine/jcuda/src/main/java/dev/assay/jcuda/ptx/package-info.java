/**
 * Writes PTX: one kernel for each elementwise, reducing or padding kernel of a plan, its extents
 * and strides in the text, so that kernels of equal form are one. May import {@code
 * dev.assay.tensor}.
 */
@NullMarked
package dev.assay.jcuda.ptx;

import org.jspecify.annotations.NullMarked;
