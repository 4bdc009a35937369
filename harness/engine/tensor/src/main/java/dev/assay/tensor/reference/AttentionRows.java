package dev.assay.tensor.reference;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;

/** Attention, one query row at a time. Names follow Dao et al. 2022. */
final class AttentionRows {
  private final List<double[]> x;
  private final double[] q;
  private final double[] k;
  private final double[] v;
  private final int lengthsAt;
  private final Shape queries;
  private final Shape keys;
  private final float scale;
  private final boolean causal;
  private final double[] result;

  private AttentionRows(Tensor t, List<double[]> x, int lengthsAt, float scale, boolean causal) {
    this.x = x;
    this.q = x.get(0);
    this.k = x.get(1);
    this.v = x.get(2);
    this.lengthsAt = lengthsAt;
    this.queries = t.operand(0).shape();
    this.keys = t.operand(1).shape();
    this.scale = scale;
    this.causal = causal;
    this.result = new double[t.shape().size()];
  }

  /** For the operation t; the operand at {@code lengthsAt}, if there is one, holds the lengths. */
  static AttentionRows of(Tensor t, List<double[]> x, int lengthsAt, float scale, boolean causal) {
    return new AttentionRows(t, x, lengthsAt, scale, causal);
  }

  /** Output, then log-sum-exp. */
  double[] forward() {
    for (int row = 0; row < rows(); row++) {
      int n = seen(row);
      double[] s = scores(row, n);
      double max = Double.NEGATIVE_INFINITY;
      for (double score : s) {
        max = Math.max(max, score);
      }
      double sum = 0;
      for (double score : s) {
        sum += Math.exp(score - max);
      }
      for (int j = 0; j < n; j++) {
        double p = Math.exp(s[j] - max) / sum;
        for (int e = 0; e < depth(); e++) {
          result[merged(row, e)] += p * v[key(row, j, e)];
        }
      }
      result[queries.size() + row] = n == 0 ? Double.NEGATIVE_INFINITY : max + Math.log(sum);
    }
    return result;
  }

  /** Adjoints of q, k and v. */
  double[] backward() {
    double[] output = x.get(3);
    double[] logSumExp = x.get(4);
    double[] adjoint = x.get(5);
    for (int row = 0; row < rows(); row++) {
      int n = seen(row);
      double[] s = scores(row, n);
      double d = 0;
      for (int e = 0; e < depth(); e++) {
        d += adjoint[at(row, e)] * output[at(row, e)];
      }
      for (int j = 0; j < n; j++) {
        double p = Math.exp(s[j] - logSumExp[row]);
        double dp = 0;
        for (int e = 0; e < depth(); e++) {
          dp += adjoint[at(row, e)] * v[key(row, j, e)];
          result[adjointOfKey(row, j, e, true)] += p * adjoint[at(row, e)];
        }
        double ds = p * (dp - d) * scale;
        for (int e = 0; e < depth(); e++) {
          result[adjointOfQuery(row, e)] += ds * k[key(row, j, e)];
          result[adjointOfKey(row, j, e, false)] += ds * q[at(row, e)];
        }
      }
    }
    return result;
  }

  /** Rows of queries: batch, head and time together. */
  private int rows() {
    return queries.dim(0) * queries.dim(1) * queries.dim(2);
  }

  private int depth() {
    return queries.dim(3);
  }

  /** How many keys the query row sees. */
  private int seen(int row) {
    int batch = row / (queries.dim(1) * queries.dim(2));
    int time = row % queries.dim(2);
    int length = keys.dim(2);
    if (lengthsAt < x.size()) {
      length = Math.clamp((long) x.get(lengthsAt)[batch], 0, length);
    }
    return causal ? Math.clamp((long) time + length - queries.dim(2) + 1, 0, length) : length;
  }

  /** Scaled scores of a query row with the n keys it sees. */
  private double[] scores(int row, int n) {
    double[] s = new double[n];
    for (int j = 0; j < n; j++) {
      for (int e = 0; e < depth(); e++) {
        s[j] += scale * q[at(row, e)] * k[key(row, j, e)];
      }
    }
    return s;
  }

  private int at(int row, int e) {
    return row * depth() + e;
  }

  /** Offset in [batch, time, heads, depth]. */
  private int merged(int row, int e) {
    return merged(row, e, queries.dim(1), 0);
  }

  /** Offset in [batch, time, {@code width}, depth], this head's place being after others. */
  private int merged(int row, int e, int width, int others) {
    int time = row % queries.dim(2);
    int head = row / queries.dim(2) % queries.dim(1);
    int batch = row / queries.dim(2) / queries.dim(1);
    return ((batch * queries.dim(2) + time) * width + others + head) * depth() + e;
  }

  private boolean packed() {
    return queries.dim(2) == keys.dim(2);
  }

  private int adjointOfQuery(int row, int e) {
    return packed() ? merged(row, e, queries.dim(1) + 2 * keys.dim(1), 0) : merged(row, e);
  }

  private int adjointOfKey(int row, int j, int e, boolean value) {
    int groups = keys.dim(1);
    int batch = row / (queries.dim(1) * queries.dim(2));
    int group = row / queries.dim(2) % queries.dim(1) / (queries.dim(1) / groups);
    int time = batch * keys.dim(2) + j;
    if (packed()) {
      int before = queries.dim(1) + (value ? groups : 0);
      return (time * (queries.dim(1) + 2 * groups) + before + group) * depth() + e;
    }
    int begin = queries.size() + (value ? keys.size() : 0);
    return begin + (time * groups + group) * depth() + e;
  }

  /** Offset of component e of key j in the head that serves the query row. */
  private int key(int row, int j, int e) {
    int head = row / queries.dim(2);
    int shared = queries.dim(1) / keys.dim(1);
    return (head / shared * keys.dim(2) + j) * depth() + e;
  }
}
