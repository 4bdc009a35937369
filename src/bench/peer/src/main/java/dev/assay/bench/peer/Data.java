package dev.assay.bench.peer;

import dev.assay.tensor.RandomStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/** Data sets as tensors, and batches of them. */
final class Data {
  private final Tensor all;
  private final RandomStream random;
  private final long[] indices;

  /**
   * @param all the data set, rows first
   * @param batch rows in a batch
   */
  Data(Tensor all, int batch, RandomStream random) {
    this.all = all;
    this.random = random;
    indices = new long[batch];
  }

  static Tensor tensor(float[] values, long... shape) {
    return AbstractTensor.create(values, shape);
  }

  /** I64, as embeddings and losses want it. */
  static Tensor tensor(int[] values, long... shape) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return AbstractTensor.create(wide, shape);
  }

  /** Random rows, drawn with replacement. */
  Tensor next() {
    for (int i = 0; i < indices.length; i++) {
      indices[i] = random.nextInt((int) all.size(0));
    }
    return all.index_select(0, AbstractTensor.create(indices, indices.length));
  }
}
