package dev.assay.runner.task;

import dev.assay.spi.Values;

/** Lays lists of images side by side: row i holds the i-th of each list. */
final class SideBySide {
  private SideBySide() {}

  /**
   * @param columns of equal count and width
   */
  static Values.Dense of(Values.Dense... columns) {
    int width = columns[0].width();
    int rows = columns[0].count();
    float[] all = new float[rows * columns.length * width];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns.length; c++) {
        System.arraycopy(
            columns[c].data(), i * width, all, (i * columns.length + c) * width, width);
      }
    }
    return new Values.Dense(columns[0].item(), all);
  }
}
