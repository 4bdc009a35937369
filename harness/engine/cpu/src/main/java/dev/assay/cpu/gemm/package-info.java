/**
 * Matrix products on raw addresses: oneDNN and OpenBLAS through {@code java.lang.foreign}, machine
 * code made here, and one in plain Java for machines without them.
 *
 * <p>May import: the JDK, {@code dev.assay.cpu.memory} and {@code dev.assay.cpu.x86}.
 */
@NullMarked
package dev.assay.cpu.gemm;

import org.jspecify.annotations.NullMarked;
