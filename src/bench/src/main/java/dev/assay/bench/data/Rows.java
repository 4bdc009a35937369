package dev.assay.bench.data;

import dev.assay.tensor.RandomStream;

/** Batches of rows of a data set, drawn with replacement. */
public final class Rows {
  private final float[] data;
  private final int width;
  private final float[] batch;

  /**
   * @param data rows, one after another
   * @param width numbers in a row
   * @param batch rows in a batch
   */
  public Rows(float[] data, int width, int batch) {
    this.data = data;
    this.width = width;
    this.batch = new float[batch * width];
  }

  /** The next batch, in an array that the next call overwrites. */
  public float[] next(RandomStream random) {
    int rows = data.length / width;
    for (int at = 0; at < batch.length; at += width) {
      System.arraycopy(data, random.nextInt(rows) * width, batch, at, width);
    }
    return batch;
  }
}
