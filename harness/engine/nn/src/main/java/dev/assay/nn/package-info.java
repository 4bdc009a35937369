/**
 * What networks are built from: modules, parameters, layers, attention, optimizers, schedules and
 * checkpoints, written once for every backend.
 *
 * <p>May import: the JDK and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.nn;

import org.jspecify.annotations.NullMarked;
