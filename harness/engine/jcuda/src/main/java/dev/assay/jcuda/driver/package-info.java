/**
 * What the backend asks of a CUDA driver, as an interface, and the driver itself behind it. Tests
 * put an interpreter of PTX in its place. May import {@code jcuda}, the JDK, and of the tensor
 * module the exception that says that a device is lost.
 */
@NullMarked
package dev.assay.jcuda.driver;

import org.jspecify.annotations.NullMarked;
