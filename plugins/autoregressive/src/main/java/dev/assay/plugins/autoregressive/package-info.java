/**
 * Autoregressive models: one package per paper, and what those of images share in {@code pixels}.
 */
@NullMarked
package dev.assay.plugins.autoregressive;

import org.jspecify.annotations.NullMarked;
