package dev.assay.tensor.reference;

import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/** Sums of products. */
final class Contractions {
  private Contractions() {}

  static double[] matmul(Tensor t, double[] a, double[] b) {
    int m = t.dim(-2);
    int n = t.dim(-1);
    int k = t.operand(0).dim(-1);
    double[] c = new double[t.shape().size()];
    int batches = c.length == 0 ? 0 : c.length / (m * n);
    for (int batch = 0; batch < batches; batch++) {
      for (int i = 0; i < m; i++) {
        for (int p = 0; p < k; p++) {
          double left = a[(batch * m + i) * k + p];
          for (int j = 0; j < n; j++) {
            c[(batch * m + i) * n + j] += left * b[(batch * k + p) * n + j];
          }
        }
      }
    }
    return c;
  }

  static double[] conv2d(Tensor t, double[] x, double[] filter, Window window) {
    double[] y = new double[t.shape().size()];
    products(
        t.operand(0).shape(),
        t.operand(1).shape(),
        t.shape(),
        window,
        (i, j, k) -> y[k] += x[i] * filter[j]);
    return y;
  }

  static double[] conv2dInput(Tensor t, double[] y, double[] filter, Window window) {
    double[] x = new double[t.shape().size()];
    products(
        t.shape(),
        t.operand(1).shape(),
        t.operand(0).shape(),
        window,
        (i, j, k) -> x[i] += y[k] * filter[j]);
    return x;
  }

  static double[] conv2dFilter(Tensor t, double[] x, double[] y, Window window) {
    double[] filter = new double[t.shape().size()];
    products(
        t.operand(0).shape(),
        t.shape(),
        t.operand(1).shape(),
        window,
        (i, j, k) -> filter[j] += x[i] * y[k]);
    return filter;
  }

  /** Offsets in x, the filter and y of one product x · filter that is part of y. */
  @FunctionalInterface
  private interface Product {
    void at(int x, int filter, int y);
  }

  /** All products of a cross-correlation; those that fall on padding are left out. */
  private static void products(Shape x, Shape filter, Shape y, Window window, Product product) {
    int depth = filter.dim(2);
    int width = filter.dim(3) / window.groups();
    for (int n = 0; n < y.dim(0); n++) {
      for (int i = 0; i < y.dim(1); i++) {
        for (int j = 0; j < y.dim(2); j++) {
          for (int p = 0; p < filter.dim(0); p++) {
            int row = i * window.strideHeight() + p * window.dilationHeight() - window.padTop();
            if (row < 0 || row >= x.dim(1)) {
              continue;
            }
            for (int q = 0; q < filter.dim(1); q++) {
              int column = j * window.strideWidth() + q * window.dilationWidth() - window.padLeft();
              if (column < 0 || column >= x.dim(2)) {
                continue;
              }
              for (int c = 0; c < depth; c++) {
                for (int o = 0; o < y.dim(3); o++) {
                  int channel = o / width * depth + c;
                  product.at(
                      ((n * x.dim(1) + row) * x.dim(2) + column) * x.dim(3) + channel,
                      ((p * filter.dim(1) + q) * depth + c) * y.dim(3) + o,
                      ((n * y.dim(1) + i) * y.dim(2) + j) * y.dim(3) + o);
                }
              }
            }
          }
        }
      }
    }
  }
}
