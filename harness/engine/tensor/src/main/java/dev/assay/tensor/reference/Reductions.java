package dev.assay.tensor.reference;

import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;

/** Many elements to one. */
final class Reductions {
  private Reductions() {}

  static double[] reduce(Tensor t, double[] x, ReduceFn fn) {
    double[] y = new double[t.shape().size()];
    Arrays.fill(y, fn == ReduceFn.SUM ? 0 : Double.NEGATIVE_INFINITY);
    Shape from = t.operand(0).shape();
    int[] strides = t.shape().strides();
    int[] index = new int[from.rank()];
    for (double value : x) {
      int offset = 0;
      for (int i = 0; i < index.length; i++) {
        offset += t.dim(i) == 1 ? 0 : index[i] * strides[i];
      }
      y[offset] = fn == ReduceFn.SUM ? y[offset] + value : Math.max(y[offset], value);
      Values.advance(index, from);
    }
    return y;
  }

  static double[] argMax(Tensor t, double[] x) {
    int n = t.operand(0).dim(-1);
    double[] y = new double[t.shape().size()];
    for (int row = 0; row < y.length; row++) {
      int best = 0;
      for (int i = 1; i < n; i++) {
        if (x[row * n + i] > x[row * n + best]) {
          best = i;
        }
      }
      y[row] = best;
    }
    return y;
  }
}
