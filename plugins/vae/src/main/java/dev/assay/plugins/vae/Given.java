package dev.assay.plugins.vae;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What rows are conditioned on, as numbers.
 *
 * @param numbers [rows, n]; null for nothing
 */
public record Given(@Nullable Tensor numbers) {
  public static Given nothing() {
    return new Given(null);
  }

  /** x [rows, .., m] → [rows, .., m + n]. */
  public Tensor beside(Tensor x) {
    if (numbers == null) {
      return x;
    }
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(0);
    dims[dims.length - 1] = numbers.dim(-1);
    Shape spread = x.shape().with(-1, numbers.dim(-1));
    return Tensor.concat(-1, x, numbers.reshape(Shape.of(dims)).broadcast(spread));
  }
}
