package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.setFloat;
import static dev.assay.cpu.memory.Memory.store;

import dev.assay.cpu.memory.Lanes;
import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;

/** Small operations on the rows of matrices; strides count floats. */
final class Rows {
  private static final Outlined SCALE = new Outlined(Rows::scaleRows);
  private static final Outlined DOT = new Outlined(Rows::dotRows);
  private static final Outlined SUM = new Outlined(Rows::sumParts);

  private Rows() {}

  /** Zeroes rows. */
  static void clear(int n, int width, long rows, int stride) {
    for (int i = 0; i < n; i++) {
      Memory.clear(rows + 4L * i * stride, 4L * width);
    }
  }

  /** Transposes [n, width] to [width, n] dense, in squares that stay in the cache. */
  static void transpose(int n, int width, long from, int stride, long to) {
    for (int j = 0; j < width; j += 16) {
      for (int i = 0; i < n; i += 16) {
        for (int column = j; column < Math.min(width, j + 16); column++) {
          for (int row = i; row < Math.min(n, i + 16); row++) {
            float value = getFloat(from + 4L * ((long) row * stride + column));
            setFloat(to + 4L * ((long) column * n + row), value);
          }
        }
      }
    }
  }

  /** Multiplies row i by {@code factors[i]}. */
  static void scale(int n, int width, long factors, long rows, int stride) {
    SCALE.run(rows, factors, 0, n, width, stride, stride);
  }

  /** {@code products[i]} = row i of x · row i of y. */
  static void dot(int n, int width, long x, int strideX, long y, int strideY, long products) {
    DOT.run(x, y, products, n, width, strideX, strideY);
  }

  /** {@code to[i] = Σ parts[i]} over {@code count} rows that lie {@code stride} bytes apart. */
  static void sum(int width, int count, long parts, long stride, long to) {
    SUM.run(parts, stride, to, count, width, 0, 0);
  }

  private static void scaleRows(
      long rows, long factors, long none, int n, int width, int stride, int same) {
    for (int i = 0; i < n; i++) {
      float factor = getFloat(factors + 4L * i);
      long row = rows + 4L * i * stride;
      int e = 0;
      for (; e + LANES <= width; e += LANES) {
        store(load(row + 4L * e).mul(factor), row + 4L * e);
      }
      for (; e < width; e++) {
        setFloat(row + 4L * e, factor * getFloat(row + 4L * e));
      }
    }
  }

  private static void dotRows(
      long x, long y, long products, int n, int width, int strideX, int strideY) {
    for (int i = 0; i < n; i++) {
      long rowX = x + 4L * i * strideX;
      long rowY = y + 4L * i * strideY;
      FloatVector lanes = FloatVector.zero(Memory.FLOATS);
      int e = 0;
      for (; e + LANES <= width; e += LANES) {
        lanes = load(rowX + 4L * e).fma(load(rowY + 4L * e), lanes);
      }
      float sum = Lanes.sum(lanes);
      for (; e < width; e++) {
        sum = Math.fma(getFloat(rowX + 4L * e), getFloat(rowY + 4L * e), sum);
      }
      setFloat(products + 4L * i, sum);
    }
  }

  private static void sumParts(
      long parts, long stride, long to, int count, int width, int unused, int unusedToo) {
    int e = 0;
    for (; e + LANES <= width; e += LANES) {
      FloatVector sum = load(parts + 4L * e);
      for (int part = 1; part < count; part++) {
        sum = sum.add(load(parts + part * stride + 4L * e));
      }
      store(sum, to + 4L * e);
    }
    for (; e < width; e++) {
      float sum = getFloat(parts + 4L * e);
      for (int part = 1; part < count; part++) {
        sum += getFloat(parts + part * stride + 4L * e);
      }
      setFloat(to + 4L * e, sum);
    }
  }
}
