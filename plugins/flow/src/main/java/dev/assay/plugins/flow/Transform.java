package dev.assay.plugins.flow;

import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/**
 * An invertible map from data x to latents z, with the log-determinant of its Jacobian. Rows stand
 * for themselves. Both directions of one condition undo each other.
 */
public interface Transform {
  /** x [rows, ..] → z, and ln |det ∂z/∂x|. */
  Mapped forward(Tensor x, Condition condition);

  /** z [rows, ..] → x, and ln |det ∂x/∂z|. */
  Mapped inverse(Tensor z, Condition condition);

  /**
   * z of the first training batch, and the values that it gives to parameters before training. Most
   * maps take none from data.
   */
  default Start start(Tensor x, Condition condition) {
    return new Start(forward(x, condition).value(), Map.of());
  }

  /**
   * @param value z under the new values
   * @param assigns new values of parameters
   */
  record Start(Tensor value, Map<Variable, Tensor> assigns) {}
}
