package dev.assay.cpu.gemm;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;

import dev.assay.cpu.memory.Lanes;
import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;

/** Products with so few rows that copying B into panels would cost more than reading it once. */
final class FewRows {
  /** Most rows for which this is the faster way. */
  static final int LIMIT = 3;

  private FewRows() {}

  static void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    long stepA = 4L * (transA ? lda : 1);
    for (int i = 0; i < m; i++) {
      long x = a + 4L * i * (transA ? 1 : lda);
      long row = c + 4L * i * ldc;
      if (transB) {
        for (int j = 0; j < n; j++) {
          put(row + 4L * j, alpha * dot(k, x, stepA, b + 4L * j * ldb), beta);
        }
      } else {
        combine(n, k, alpha, x, stepA, b, 4L * ldb, beta, row);
      }
    }
  }

  /** c ← alpha Σₚ xₚ bₚ + beta c over the rows bₚ. */
  private static void combine(
      int n, int k, float alpha, long x, long stepX, long b, long stepB, float beta, long c) {
    int j = 0;
    for (; j + 4 * LANES <= n; j += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(Memory.FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < k; p++) {
        FloatVector factor = FloatVector.broadcast(Memory.FLOATS, getFloat(x + p * stepX));
        long at = b + p * stepB + 4L * j;
        s0 = factor.fma(load(at), s0);
        s1 = factor.fma(load(at + 4L * LANES), s1);
        s2 = factor.fma(load(at + 8L * LANES), s2);
        s3 = factor.fma(load(at + 12L * LANES), s3);
      }
      long to = c + 4L * j;
      put(to, s0.mul(alpha), beta);
      put(to + 4L * LANES, s1.mul(alpha), beta);
      put(to + 8L * LANES, s2.mul(alpha), beta);
      put(to + 12L * LANES, s3.mul(alpha), beta);
    }
    for (; j + LANES <= n; j += LANES) {
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      for (int p = 0; p < k; p++) {
        FloatVector factor = FloatVector.broadcast(Memory.FLOATS, getFloat(x + p * stepX));
        sum = factor.fma(load(b + p * stepB + 4L * j), sum);
      }
      put(c + 4L * j, sum.mul(alpha), beta);
    }
    for (; j < n; j++) {
      float sum = 0;
      for (int p = 0; p < k; p++) {
        sum = Math.fma(getFloat(x + p * stepX), getFloat(b + p * stepB + 4L * j), sum);
      }
      put(c + 4L * j, alpha * sum, beta);
    }
  }

  private static float dot(int k, long x, long stepX, long y) {
    float sum = 0;
    int p = 0;
    if (stepX == 4) {
      FloatVector s0 = FloatVector.zero(Memory.FLOATS);
      FloatVector s1 = s0;
      for (; p + 2 * LANES <= k; p += 2 * LANES) {
        s0 = load(x + 4L * p).fma(load(y + 4L * p), s0);
        s1 = load(x + 4L * (p + LANES)).fma(load(y + 4L * (p + LANES)), s1);
      }
      sum = Lanes.sum(s0.add(s1));
    }
    for (; p < k; p++) {
      sum = Math.fma(getFloat(x + p * stepX), getFloat(y + 4L * p), sum);
    }
    return sum;
  }

  private static void put(long at, FloatVector value, float beta) {
    Memory.store(beta == 0 ? value : value.add(load(at).mul(beta)), at);
  }

  private static void put(long at, float value, float beta) {
    Memory.setFloat(at, beta == 0 ? value : value + beta * getFloat(at));
  }
}
