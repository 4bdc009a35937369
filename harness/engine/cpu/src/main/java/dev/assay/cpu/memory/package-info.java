/**
 * Off-heap memory by raw address, the common ground of all kernels of the CPU backend.
 *
 * <p>May import: the JDK. It is a package of its own so that kernel packages can use it without
 * depending on the backend that calls them.
 */
@NullMarked
package dev.assay.cpu.memory;

import org.jspecify.annotations.NullMarked;
