/**
 * The CUDA backend: plans become generated and hand-written PTX kernels, recorded once and
 * replayed. The driver assembles PTX, so that nothing but an NVIDIA driver is needed.
 *
 * <p>May import: the JDK, JCuda's driver API and {@code dev.assay.tensor}. Nothing imports this
 * package: it is found through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.jcuda;

import org.jspecify.annotations.NullMarked;
