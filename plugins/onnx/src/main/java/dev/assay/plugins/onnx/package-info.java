/**
 * Features of images from any ONNX network that the user supplies, such as Inception.
 *
 * <p>May import: {@code dev.assay.spi}, {@code dev.assay.tensor}, ONNX Runtime. Not a part of the
 * default build: its jar and that of ONNX Runtime go into the folder of plugins.
 */
@NullMarked
package dev.assay.plugins.onnx;

import org.jspecify.annotations.NullMarked;
