package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;

import dev.assay.cpu.memory.Memory;

/**
 * Copies what each target pixel of a convolution gathers into a row, so that the convolution
 * becomes a matrix product (im2col). Pixels are numbered through [batch, rows, columns]; a row is
 * [taps of the rows, taps of the columns, depth].
 *
 * @param channels of a source pixel
 * @param depth those of a group
 */
record Columns(Axis rows, Axis columns, int channels, int depth) {
  /** Work of a tile to aim at, in floating-point operations: some 15 µs. */
  private static final double TILE_WORK = 4e6;

  /** Floats of a tile's rows to stay below, for the second-level cache. */
  private static final int TILE_FLOATS = 96 << 10;

  private static final int LEAST_PIXELS = 32;
  private static final int MOST_PIXELS = 1024;

  /** Pixels of a tile, given the work of one pixel and the floats that it copies. */
  static int pixelsOfTile(double work, int floats) {
    double most = Math.clamp(TILE_FLOATS / Math.max(1.0, floats), LEAST_PIXELS, MOST_PIXELS);
    return (int) Math.clamp(TILE_WORK / Math.max(1, work), LEAST_PIXELS, most) / 8 * 8;
  }

  int pixelsOfImage() {
    return rows.targets() * columns.targets();
  }

  int taps() {
    return rows.taps() * columns.taps();
  }

  /** Floats in a row. */
  int size() {
    return rows.taps() * columns.taps() * depth;
  }

  /**
   * Fills the rows of {@code count} pixels from {@code pixel} on, with the taps {@code begin} to
   * {@code end} of the rows only.
   *
   * @param source address of the images, at the first channel of the group
   */
  void fill(long source, int pixel, int count, int begin, int end, long to) {
    int column = pixel % columns.targets();
    int row = pixel / columns.targets() % rows.targets();
    int image = pixel / pixelsOfImage();
    long out = to;
    int width = columns.taps() * depth;
    for (int i = 0; i < count; i++) {
      int sourceRow = rows.source(row);
      for (int u = begin; u < end; u++) {
        int at = sourceRow + u * rows.step();
        if (at < 0 || at >= rows.sources()) {
          Memory.clear(out, 4L * width);
        } else {
          long line =
              source + 4L * channels * ((long) image * rows.sources() + at) * columns.sources();
          gatherRow(line, columns.source(column), out);
        }
        out += 4L * width;
      }
      if (++column == columns.targets()) {
        column = 0;
        if (++row == rows.targets()) {
          row = 0;
          image++;
        }
      }
    }
  }

  /** The taps along one row of the source. */
  private void gatherRow(long line, int source, long out) {
    int begin = columns.firstInside(source);
    int end = Math.max(begin, columns.endInside(source));
    Memory.clear(out, 4L * begin * depth);
    long to = out + 4L * begin * depth;
    long from = line + 4L * channels * (source + begin * columns.step());
    if (columns.step() == 1 && depth == channels) {
      copy(from, to, (end - begin) * depth);
    } else {
      for (int v = begin; v < end; v++) {
        copy(from, to, depth);
        from += 4L * channels * columns.step();
        to += 4L * depth;
      }
    }
    Memory.clear(out + 4L * end * depth, 4L * (columns.taps() - end) * depth);
  }

  private static void copy(long from, long to, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      store(load(from + 4L * i), to + 4L * i);
    }
    for (; i < n; i++) {
      Memory.setFloat(to + 4L * i, Memory.getFloat(from + 4L * i));
    }
  }
}
