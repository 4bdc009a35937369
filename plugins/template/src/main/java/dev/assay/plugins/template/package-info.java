/**
 * A fully visible sigmoid belief network: a small but real model, made to be read, copied and
 * changed. {@code src/docs/how-to/add-a-model.md} walks through it.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.nn} and {@code dev.assay.tensor}; never
 * the runner, never another plugin.
 */
@NullMarked
package dev.assay.plugins.template;

import org.jspecify.annotations.NullMarked;
