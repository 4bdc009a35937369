package dev.assay.plugins.flow;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * An image under an invertible map.
 *
 * @param value [rows, ..]
 * @param logDeterminant ln |det| of the map's Jacobian, at each row: [rows]
 */
public record Mapped(Tensor value, Tensor logDeterminant) {
  /** Of a map of each number for itself: ln |slope| of every number, [rows, ..]. */
  public static Mapped elementwise(Tensor value, Tensor logSlope) {
    return new Mapped(value, perRow(logSlope));
  }

  /** Of a map whose log-determinant, a scalar, is the same at each row. */
  public static Mapped uniform(Tensor value, Tensor logDeterminant) {
    return new Mapped(value, logDeterminant.broadcast(Shape.of(value.dim(0))));
  }

  /** x [rows, ..] → its sum over all but the rows, [rows]. */
  public static Tensor perRow(Tensor x) {
    return x.reshape(x.dim(0), -1).sum(-1);
  }
}
