/**
 * The steps of {@code dev.assay.bench.steps} in PyTorch's C++ library, eager, as its users write
 * them, and a process that times them on request.
 *
 * <p>May import: {@code dev.assay.bench.data}, {@code dev.assay.tensor}'s random stream, and the
 * Java API of libtorch. Nothing imports this package.
 */
@NullMarked
package dev.assay.bench.peer;

import org.jspecify.annotations.NullMarked;
