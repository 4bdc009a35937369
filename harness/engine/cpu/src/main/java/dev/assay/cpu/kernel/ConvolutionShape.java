package dev.assay.cpu.kernel;

import dev.assay.tensor.Op;

/**
 * Extents of a convolution: x [batch, height, width, channels], filter [kernelHeight, kernelWidth,
 * channels / groups, outputs], y [batch, height′, width′, outputs].
 */
public record ConvolutionShape(
    int batch,
    int height,
    int width,
    int channels,
    int kernelHeight,
    int kernelWidth,
    int outputs,
    Op.Window window) {

  /** Checks the grouping. */
  public ConvolutionShape {
    int groups = window.groups();
    if (groups < 1 || channels % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "channels=%d and outputs=%d must be multiples of groups=%d"
              .formatted(channels, outputs, groups));
    }
  }

  /** Height of y. */
  public int outHeight() {
    return window.outHeight(height, kernelHeight);
  }

  /** Width of y. */
  public int outWidth() {
    return window.outWidth(width, kernelWidth);
  }

  /** Channels of x in a group. */
  int depth() {
    return channels / window.groups();
  }

  /** Outputs of a group. */
  int groupOutputs() {
    return outputs / window.groups();
  }

  int filterSize() {
    return kernelHeight * kernelWidth * depth() * outputs;
  }

  /** Whether each pixel of y depends on the same pixel of x alone. */
  boolean pointwise() {
    Op.Window w = window;
    return kernelHeight == 1
        && kernelWidth == 1
        && w.strideHeight() == 1
        && w.strideWidth() == 1
        && (w.padTop() | w.padBottom() | w.padLeft() | w.padRight()) == 0;
  }

  /** Whether y is one pixel, which each pixel of x meets at one tap. */
  boolean whole() {
    Op.Window w = window;
    return kernelHeight == height
        && kernelWidth == width
        && w.groups() == 1
        && w.dilationHeight() == 1
        && w.dilationWidth() == 1
        && (w.padTop() | w.padBottom() | w.padLeft() | w.padRight()) == 0;
  }

  /** Whether each output depends on one channel, its own. */
  boolean depthwise() {
    return window.groups() == channels && outputs == channels && channels > 1;
  }
}
