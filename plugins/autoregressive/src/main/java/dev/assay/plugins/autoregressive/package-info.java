/**
 * Autoregressive models of images: one package per paper, and what they share in {@code pixels}.
 */
@NullMarked
package dev.assay.plugins.autoregressive;

import org.jspecify.annotations.NullMarked;
