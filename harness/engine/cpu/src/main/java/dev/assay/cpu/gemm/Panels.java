package dev.assay.cpu.gemm;

import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.setFloat;

import dev.assay.cpu.memory.Memory;

/** Copies of matrix blocks in the order in which the kernel of {@link JavaGemm} reads them. */
final class Panels {
  private Panels() {}

  /**
   * Writes op(X) [lines, depth] as panels of {@code width} lines, each [depth, width], the last
   * filled up with zeros.
   *
   * @param trans whether X is stored [depth, lines]
   */
  static void pack(boolean trans, int width, int lines, int depth, long from, int ld, long to) {
    for (int line = 0; line < lines; line += width) {
      int filled = Math.min(width, lines - line);
      long panel = to + 4L * line * depth;
      if (trans) {
        copyRows(width, filled, depth, from + 4L * line, ld, panel);
      } else {
        turn(width, filled, depth, from + 4L * line * ld, ld, panel);
      }
    }
  }

  private static void copyRows(int width, int filled, int depth, long from, int ld, long to) {
    for (int p = 0; p < depth; p++) {
      long source = from + 4L * p * ld;
      long target = to + 4L * p * width;
      if (filled == width && width % Memory.LANES == 0) {
        for (int j = 0; j < width; j += Memory.LANES) {
          Memory.store(Memory.load(source + 4L * j), target + 4L * j);
        }
      } else {
        for (int j = 0; j < width; j++) {
          setFloat(target + 4L * j, j < filled ? getFloat(source + 4L * j) : 0);
        }
      }
    }
  }

  private static void turn(int width, int filled, int depth, long from, int ld, long to) {
    for (int j = 0; j < width; j++) {
      long source = from + 4L * j * ld;
      long target = to + 4L * j;
      for (int p = 0; p < depth; p++) {
        setFloat(target + 4L * p * width, j < filled ? getFloat(source + 4L * p) : 0);
      }
    }
  }
}
