/**
 * What the backend asks of a CUDA driver, as an interface, and the driver itself behind it. Tests
 * put an interpreter of PTX in its place. May import {@code jcuda} and the JDK.
 */
@NullMarked
package dev.assay.jcuda.driver;

import org.jspecify.annotations.NullMarked;
