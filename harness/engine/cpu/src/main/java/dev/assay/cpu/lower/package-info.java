/**
 * Lowers the kernels of a plan to steps on raw addresses.
 *
 * <p>May import {@code dev.assay.tensor}, {@code dev.assay.tensor.plan} and the kernels, loops and
 * machine code of this backend.
 */
@NullMarked
package dev.assay.cpu.lower;

import org.jspecify.annotations.NullMarked;
