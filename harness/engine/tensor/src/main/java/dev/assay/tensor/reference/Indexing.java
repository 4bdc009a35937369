package dev.assay.tensor.reference;

import dev.assay.tensor.Tensor;

/** Rows picked by integer operands. */
final class Indexing {
  private Indexing() {}

  static double[] gather(Tensor t, double[] table, double[] indices) {
    int rows = t.operand(0).dim(0);
    double[] y = new double[t.shape().size()];
    int width = width(y, indices);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >= 0 && indices[i] < rows) {
        System.arraycopy(table, (int) indices[i] * width, y, i * width, width);
      }
    }
    return y;
  }

  static double[] scatterAdd(Tensor t, double[] indices, double[] values, int rows) {
    double[] y = new double[t.shape().size()];
    int width = width(values, indices);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >= 0 && indices[i] < rows) {
        for (int j = 0; j < width; j++) {
          y[(int) indices[i] * width + j] += values[i * width + j];
        }
      }
    }
    return y;
  }

  static double[] putRows(Tensor t, double[] x, double[] indices, double[] values) {
    double[] y = x.clone();
    int width = width(values, indices);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >= 0 && indices[i] < t.dim(0)) {
        System.arraycopy(values, i * width, y, (int) indices[i] * width, width);
      }
    }
    return y;
  }

  /** Elements of one row, where there is one row for each index. */
  private static int width(double[] rows, double[] indices) {
    return rows.length / Math.max(1, indices.length);
  }
}
