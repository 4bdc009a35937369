package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * The rows of one update: a token to read and its successor to predict, −1 where there is none.
 *
 * @param tokens [rows, time]
 * @param targets [rows, time]
 * @param labels [rows]; 0 without
 */
record Windows(int[] tokens, int[] targets, int[] labels) {
  private static final int NONE = -1;

  private static Windows empty(int rows, int time) {
    int[] none = new int[rows * time];
    Arrays.fill(none, NONE);
    return new Windows(none, none.clone(), new int[rows]);
  }

  /** Of separate texts the next ones, each whole or a part at random; of a stream random parts. */
  static Windows next(
      TextCoding coding, BatchSource batches, int rows, int time, RandomStream random) {
    Windows windows = empty(rows, time);
    if (!coding.documents()) {
      int[] tokens = coding.windows(batches, rows, time, random);
      for (int row = 0; row < rows; row++) {
        windows.put(row, tokens, row * (time + 1), time, time);
      }
      return windows;
    }
    Batch batch = batches.next(rows);
    for (int row = 0; row < rows; row++) {
      int[] sequence = coding.sequence(batch.texts().texts().get(row));
      int size = Math.min(time, sequence.length - 1);
      windows.put(row, sequence, random.nextInt(sequence.length - size), size, time);
    }
    if (batch.condition() instanceof Values.Labels(int[] labels)) {
      System.arraycopy(labels, 0, windows.labels, 0, rows);
    }
    return windows;
  }

  private void put(int row, int[] sequence, int at, int size, int time) {
    System.arraycopy(sequence, at, tokens, row * time, size);
    System.arraycopy(sequence, at + 1, targets, row * time, size);
  }

  /** Tokens to be predicted. */
  int predicted() {
    return (int) Arrays.stream(targets).filter(target -> target >= 0).count();
  }
}
