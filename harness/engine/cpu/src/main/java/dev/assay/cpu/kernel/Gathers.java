package dev.assay.cpu.kernel;

import dev.assay.tensor.Op;
import java.util.ArrayList;
import java.util.List;

/** The gathers that make up a convolution and its adjoint. */
final class Gathers {
  private Gathers() {}

  /** y from x. */
  static Columns forward(ConvolutionShape shape) {
    Op.Window w = shape.window();
    Axis rows =
        Axis.forward(
            shape.height(),
            shape.outHeight(),
            shape.kernelHeight(),
            w.strideHeight(),
            w.padTop(),
            w.dilationHeight());
    Axis columns =
        Axis.forward(
            shape.width(),
            shape.outWidth(),
            shape.kernelWidth(),
            w.strideWidth(),
            w.padLeft(),
            w.dilationWidth());
    return new Columns(rows, columns, shape.channels(), shape.depth());
  }

  /** x from y: one for each remainder of a pixel's position by the strides. */
  static List<Columns> adjoint(ConvolutionShape shape) {
    Op.Window w = shape.window();
    List<Axis> rows =
        Axis.adjoint(
            shape.height(),
            shape.outHeight(),
            shape.kernelHeight(),
            w.strideHeight(),
            w.padTop(),
            w.dilationHeight());
    List<Axis> columns =
        Axis.adjoint(
            shape.width(),
            shape.outWidth(),
            shape.kernelWidth(),
            w.strideWidth(),
            w.padLeft(),
            w.dilationWidth());
    List<Columns> gathers = new ArrayList<>();
    for (Axis row : rows) {
      for (Axis column : columns) {
        gathers.add(new Columns(row, column, shape.outputs(), shape.groupOutputs()));
      }
    }
    return gathers;
  }
}
