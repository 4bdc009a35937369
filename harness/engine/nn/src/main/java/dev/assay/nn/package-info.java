/**
 * What networks are built from: parameters, layers, attention, optimizers, schedules and averages,
 * written once for every backend.
 *
 * <p>A layer is a record that holds its {@link dev.assay.nn.Parameter}s and maps tensors to
 * tensors; nothing is global, and training or evaluation is an argument. All persistent state lives
 * in a {@link dev.assay.nn.ParameterStore}, by name, so that a checkpoint is a walk over it.
 *
 * <p>May import: the JDK and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.nn;

import org.jspecify.annotations.NullMarked;
