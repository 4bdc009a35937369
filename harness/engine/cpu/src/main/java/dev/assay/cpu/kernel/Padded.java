package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;
import java.util.List;

/**
 * Images with zeros around them, so that every tap of every target finds a source: [batch, height,
 * width, channels]. Where nothing lies outside, the images themselves.
 */
record Padded(Sides rows, Sides columns, int batch, int channels) {
  /**
   * How far targets reach beyond an axis.
   *
   * @param sources positions of the axis
   * @param before zeros before the first of them
   */
  record Sides(int sources, int before, int after) {
    static Sides of(List<Axis> axes) {
      int sources = axes.getFirst().sources();
      int before = 0;
      int after = 0;
      for (Axis axis : axes) {
        before = Math.max(before, -axis.source(0));
        int last = axis.source(axis.targets() - 1) + (axis.taps() - 1) * axis.step();
        after = Math.max(after, last - (sources - 1));
      }
      return new Sides(sources, before, after);
    }

    int extent() {
      return before + sources + after;
    }
  }

  /** For all gathers from images of one form. */
  static Padded of(List<Columns> gathers, int batch) {
    return new Padded(
        Sides.of(gathers.stream().map(Columns::rows).toList()),
        Sides.of(gathers.stream().map(Columns::columns).toList()),
        batch,
        gathers.getFirst().channels());
  }

  boolean copies() {
    return rows.extent() > rows.sources || columns.extent() > columns.sources;
  }

  /** Tiles of the copy: one for each image. */
  int tiles() {
    return copies() ? batch : 0;
  }

  long bytes() {
    return copies() ? Memory.aligned(imageBytes() * batch) : 0;
  }

  long rowBytes() {
    return 4L * columns.extent() * channels;
  }

  private long imageBytes() {
    return rowBytes() * rows.extent();
  }

  /** Copies an image to its place among all. */
  void copy(int image, long from, long to) {
    copyRows(image, -rows.before, rows.extent(), from, to + image * imageBytes());
  }

  /**
   * Copies rows of an image.
   *
   * @param first the first row's number as sources count; it may lie outside
   * @param to where that row goes
   */
  void copyRows(int image, int first, int count, long from, long to) {
    long width = 4L * columns.sources * channels;
    long left = 4L * columns.before * channels;
    for (int i = 0; i < count; i++) {
      int row = first + i;
      long line = to + i * rowBytes();
      if (row < 0 || row >= rows.sources) {
        Memory.clear(line, rowBytes());
      } else {
        Memory.clear(line, left);
        Memory.copy(from + ((long) image * rows.sources + row) * width, line + left, width);
        Memory.clear(line + left + width, rowBytes() - left - width);
      }
    }
  }

  /** Bytes from the first copied pixel to the source of the first tap of a row of targets. */
  long offset(Columns gather, int image, int row) {
    return image * imageBytes()
        + (gather.rows().source(row) + rows.before) * rowBytes()
        + offset(gather);
  }

  /** Bytes from the beginning of a copied row to the source of the first target's first tap. */
  long offset(Columns gather) {
    return 4L * (gather.columns().source(0) + columns.before) * channels;
  }
}
