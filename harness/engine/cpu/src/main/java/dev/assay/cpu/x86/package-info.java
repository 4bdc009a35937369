/**
 * Machine code made at run time for x86-64 processors with AVX-512: sums of products of small
 * matrices that stay in registers, the copies that feed them, and fused elementwise code.
 *
 * <p>May import: the JDK and {@code dev.assay.cpu.memory}.
 */
@NullMarked
package dev.assay.cpu.x86;

import org.jspecify.annotations.NullMarked;
