package dev.assay.cpu.kernel;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.tensor.Op;

/** Chooses a kernel for a convolution by its shape. */
public final class Convolutions {
  private Convolutions() {}

  /** {@link Op.Conv2d}. Operands: x, filter, y, workspace. */
  public static Kernel forward(Gemm gemm, ConvolutionShape shape) {
    if (shape.pointwise()) {
      int pixels = shape.batch() * shape.height() * shape.width();
      return new MatMulKernel(
          gemm,
          new MatMulShape(
              shape.window().groups(),
              pixels,
              shape.groupOutputs(),
              shape.depth(),
              false,
              shape.channels(),
              shape.depth(),
              false,
              shape.outputs(),
              shape.groupOutputs(),
              shape.outputs(),
              shape.groupOutputs()));
    }
    if (shape.whole()) {
      return whole(gemm, shape.batch(), shape.outputs(), size(shape), false, false);
    }
    if (shape.depthwise()) {
      return DepthwiseKernel.forward(shape);
    }
    return gemm.blocks()
        .filter(_ -> DirectKernel.suitsForward(shape))
        .map(blocks -> DirectKernel.forward(blocks, shape))
        .orElseGet(() -> GatherKernel.forward(gemm, shape));
  }

  /** {@link Op.Conv2dInput}. Operands: y, filter, x, workspace. */
  public static Kernel input(Gemm gemm, ConvolutionShape shape) {
    if (shape.pointwise()) {
      int pixels = shape.batch() * shape.height() * shape.width();
      return new MatMulKernel(
          gemm,
          new MatMulShape(
              shape.window().groups(),
              pixels,
              shape.depth(),
              shape.groupOutputs(),
              false,
              shape.outputs(),
              shape.groupOutputs(),
              true,
              shape.outputs(),
              shape.groupOutputs(),
              shape.channels(),
              shape.depth()));
    }
    if (shape.whole()) {
      return whole(gemm, shape.batch(), size(shape), shape.outputs(), false, true);
    }
    if (shape.depthwise()) {
      return DepthwiseKernel.input(shape);
    }
    return gemm.blocks()
        .filter(_ -> DirectKernel.suitsInput(shape))
        .map(blocks -> DirectKernel.input(blocks, shape))
        .orElseGet(() -> GatherKernel.input(gemm, shape));
  }

  /** {@link Op.Conv2dFilter}. Operands: x, y, filter, workspace. */
  public static Kernel filter(Gemm gemm, ConvolutionShape shape) {
    if (shape.pointwise()) {
      int pixels = shape.batch() * shape.height() * shape.width();
      return new MatMulKernel(
          gemm,
          new MatMulShape(
              shape.window().groups(),
              shape.depth(),
              shape.groupOutputs(),
              pixels,
              true,
              shape.channels(),
              shape.depth(),
              false,
              shape.outputs(),
              shape.groupOutputs(),
              shape.outputs(),
              shape.groupOutputs()));
    }
    if (shape.whole()) {
      return whole(gemm, size(shape), shape.outputs(), shape.batch(), true, false);
    }
    if (shape.depthwise()) {
      return new DepthwiseFilterKernel(shape);
    }
    return gemm.blocks()
        .filter(_ -> DirectFilterKernel.suits(shape))
        .<Kernel>map(blocks -> new DirectFilterKernel(blocks, shape))
        .orElseGet(() -> new GatherFilterKernel(gemm, shape));
  }

  /** Elements of an image. */
  private static int size(ConvolutionShape shape) {
    return shape.height() * shape.width() * shape.channels();
  }

  /** A convolution whose filter is as large as the image: images are rows. */
  private static Kernel whole(Gemm gemm, int m, int n, int k, boolean transA, boolean transB) {
    return new MatMulKernel(gemm, MatMulShape.packed(1, m, n, k, transA, transB));
  }
}
