/**
 * The reference backend: plain Java, one operation at a time, float32 storage, float64 arithmetic.
 * It says what each operation means; every other backend must match it.
 *
 * <p>May import {@code dev.assay.tensor} and the JDK only.
 */
@NullMarked
package dev.assay.tensor.reference;

import org.jspecify.annotations.NullMarked;
