/**
 * The engine's core: symbolic tensors, primitive operations, derivatives, programs and random
 * streams.
 *
 * <p>May import the JDK only. Everything a backend must run is an {@link dev.assay.tensor.Op};
 * every derivative stands in {@link dev.assay.tensor.Gradients}.
 */
@NullMarked
package dev.assay.tensor;

import org.jspecify.annotations.NullMarked;
