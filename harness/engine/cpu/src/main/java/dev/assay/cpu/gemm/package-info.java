/**
 * Matrix products on raw addresses: oneDNN and OpenBLAS through {@code java.lang.foreign}, and one
 * in plain Java for machines without them.
 *
 * <p>May import: the JDK and {@code dev.assay.cpu.memory}.
 */
@NullMarked
package dev.assay.cpu.gemm;

import org.jspecify.annotations.NullMarked;
