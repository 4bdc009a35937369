/**
 * NVIDIA's library of matrix products, where it is installed, and the choice between it and the
 * backend's own kernels. May import the JDK, the tensor module, and of this one {@code driver} and
 * {@code lower}.
 */
@NullMarked
package dev.assay.jcuda.blas;

import org.jspecify.annotations.NullMarked;
