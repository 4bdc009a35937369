package dev.assay.cpu.kernel;

import static dev.assay.cpu.kernel.FewRowsKernel.PANEL;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.setFloat;

import dev.assay.cpu.memory.Memory;

/**
 * Matrices whose columns are whole multiples of a step, k s with |k| ≤ 127, in a quarter of the
 * memory. Weights that were rounded to int8 are such (Dettmers et al. 2022, eq. 1); their floats
 * come back to the bit.
 *
 * <p>Panel after panel: a float for each of its columns, the step, and row after row a byte for
 * each, k. The last panel is filled up with zeros.
 */
public final class Int8Panels {
  private static final int TOP = 127;

  private Int8Panels() {}

  /** Bytes of one panel of {@code k} rows. */
  static long bytes(int k) {
    return 4L * PANEL + (long) k * PANEL;
  }

  /** Bytes of B [k, n] of {@code shape}. */
  public static long bytes(MatMulShape shape) {
    return Math.ceilDiv(shape.n(), PANEL) * bytes(shape.k()) + PANEL; // short vectors read on
  }

  /** Whether B, row-major at {@code b}, can be kept so without loss. */
  public static boolean suits(MatMulShape shape, long b) {
    for (int column = 0; column < shape.n(); column++) {
      if (Float.isNaN(step(shape, b + 4L * column))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies B, which {@link #suits}, to {@code to}, {@link #bytes(MatMulShape)} zeroed or packed
   * before.
   */
  public static void pack(MatMulShape shape, long b, long to) {
    for (int column = 0; column < shape.n(); column++) {
      long panel = to + column / PANEL * bytes(shape.k());
      float step = step(shape, b + 4L * column);
      setFloat(panel + 4L * (column % PANEL), step);
      long bytes = panel + 4L * PANEL + column % PANEL;
      for (int p = 0; p < shape.k(); p++) {
        float value = getFloat(b + 4 * ((long) p * shape.ldb() + column));
        Memory.setByte(bytes + (long) p * PANEL, (byte) multiple(value, step));
      }
    }
  }

  /** Of which all numbers of a column are multiples; NaN if there is none. */
  private static float step(MatMulShape shape, long column) {
    float largest = 0;
    for (int p = 0; p < shape.k(); p++) {
      largest = Math.max(largest, Math.abs(getFloat(column + 4L * p * shape.ldb())));
    }
    float near = largest / TOP; // rounded: the step may be a neighbour
    float step = Float.NaN;
    step = divides(shape, column, Math.nextDown(near)) ? Math.nextDown(near) : step;
    step = divides(shape, column, Math.nextUp(near)) ? Math.nextUp(near) : step;
    return divides(shape, column, near) ? near : step;
  }

  private static boolean divides(MatMulShape shape, long column, float step) {
    for (int p = 0; p < shape.k(); p++) {
      float value = getFloat(column + 4L * p * shape.ldb());
      float back = multiple(value, step) * step;
      if (Float.floatToRawIntBits(back) != Float.floatToRawIntBits(value)) {
        return false;
      }
    }
    return true;
  }

  private static int multiple(float value, float step) {
    return step == 0 ? 0 : Math.clamp(Math.round(value / step), -TOP, TOP);
  }
}
