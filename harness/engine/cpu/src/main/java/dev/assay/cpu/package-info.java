/**
 * The CPU backend: Vector API kernels and a native BLAS called through {@code java.lang.foreign},
 * multi-threaded, with results that do not depend on the number of threads.
 *
 * <p>May import: the JDK and {@code dev.assay.tensor}. Nothing imports this package: it is found
 * through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.assay.cpu;

import org.jspecify.annotations.NullMarked;
