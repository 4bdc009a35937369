package dev.assay.cpu.kernel;

/** Attention by its definition in double precision, on packed operands. */
final class NaiveAttention {
  final AttentionShape shape;
  final double[] q;
  final double[] k;
  final double[] v;
  final int[] lengths;

  NaiveAttention(AttentionShape shape, double[] q, double[] k, double[] v, int[] lengths) {
    this.shape = shape;
    this.q = q;
    this.k = k;
    this.v = v;
    this.lengths = lengths;
  }

  private int queryRow(int b, int h, int i) {
    return ((b * shape.heads() + h) * shape.queries() + i) * shape.width();
  }

  private int keyRow(int b, int h, int j) {
    int g = h / (shape.heads() / shape.groups());
    return ((b * shape.groups() + g) * shape.keys() + j) * shape.width();
  }

  /** Softmax weights [keys] of a query; the last element is the log-sum-exp. */
  private double[] weights(int b, int h, int i) {
    int length = shape.lengths() ? Math.clamp(lengths[b], 0, shape.keys()) : shape.keys();
    double[] w = new double[shape.keys() + 1];
    double sum = 0;
    for (int j = 0; j < length; j++) {
      if (!shape.causal() || j <= i + length - shape.queries()) {
        double score = 0;
        for (int e = 0; e < shape.width(); e++) {
          score += q[queryRow(b, h, i) + e] * k[keyRow(b, h, j) + e];
        }
        w[j] = Math.exp(shape.scale() * score);
        sum += w[j];
      }
    }
    for (int j = 0; j < length && sum > 0; j++) {
      w[j] /= sum;
    }
    w[shape.keys()] = Math.log(sum);
    return w;
  }

  /** Output, then log-sum-exp. */
  double[] forward() {
    int rows = shape.batch() * shape.heads() * shape.queries();
    double[] result = new double[rows * (shape.width() + 1)];
    for (int row = 0; row < rows; row++) {
      int b = row / shape.queries() / shape.heads();
      int h = row / shape.queries() % shape.heads();
      int i = row % shape.queries();
      double[] w = weights(b, h, i);
      for (int j = 0; j < shape.keys(); j++) {
        for (int e = 0; e < shape.width(); e++) {
          result[queryRow(b, h, i) + e] += w[j] * v[keyRow(b, h, j) + e];
        }
      }
      result[rows * shape.width() + row] = w[shape.keys()];
    }
    return result;
  }

  /** Adjoints of q, k and v for an adjoint of the output. */
  double[] backward(double[] adjoint) {
    double[] output = forward();
    double[] result = new double[q.length + k.length + v.length];
    for (int b = 0; b < shape.batch(); b++) {
      for (int h = 0; h < shape.heads(); h++) {
        for (int i = 0; i < shape.queries(); i++) {
          double[] w = weights(b, h, i);
          int row = queryRow(b, h, i);
          for (int j = 0; j < shape.keys(); j++) {
            int key = keyRow(b, h, j);
            double slope = 0;
            for (int e = 0; e < shape.width(); e++) {
              slope += adjoint[row + e] * (v[key + e] - output[row + e]);
              result[q.length + k.length + key + e] += w[j] * adjoint[row + e];
            }
            for (int e = 0; e < shape.width(); e++) {
              result[row + e] += shape.scale() * w[j] * slope * k[key + e];
              result[q.length + key + e] += shape.scale() * w[j] * slope * q[row + e];
            }
          }
        }
      }
    }
    return result;
  }
}
