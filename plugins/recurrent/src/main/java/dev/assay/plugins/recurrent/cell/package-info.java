/**
 * Recurrent cells, and layers of them along a sequence.
 *
 * <p>May import: {@code dev.assay.nn} and {@code dev.assay.tensor}.
 */
@NullMarked
package dev.assay.plugins.recurrent.cell;

import org.jspecify.annotations.NullMarked;
