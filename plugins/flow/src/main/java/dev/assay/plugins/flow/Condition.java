package dev.assay.plugins.flow;

import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What rows are conditioned on.
 *
 * @param oneHot the class of each row [rows, classes]; null for none
 */
public record Condition(@Nullable Tensor oneHot) {
  /** Name of the input that classes are read from, I32 [rows]. */
  static final String INPUT = "label";

  public static Condition none() {
    return new Condition(null);
  }

  /** Classes as an input of the program; none if there are 0. */
  static Condition input(int rows, int classes) {
    return classes == 0
        ? none()
        : new Condition(Tensors.oneHot(Tensor.input(INPUT, DType.I32, Shape.of(rows)), classes));
  }

  /** x [rows, .., n] → [rows, .., n + classes]. */
  public Tensor beside(Tensor x) {
    if (oneHot == null) {
      return x;
    }
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(0);
    dims[dims.length - 1] = oneHot.dim(-1);
    Shape spread = x.shape().with(-1, oneHot.dim(-1));
    return Tensor.concat(-1, x, oneHot.reshape(Shape.of(dims)).broadcast(spread));
  }
}
