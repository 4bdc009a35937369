package dev.assay.runner.execute;

import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Images beside the training examples that are nearest to them. */
final class NearestRows {
  private static final int PAIRS = 50;
  private static final int PAIRS_IN_A_ROW = 5;

  private NearestRows() {}

  /**
   * Writes a picture of the first fifty samples, each with its nearest training example to the
   * right of it.
   */
  static void write(Path file, Values.Dense samples, Values.Dense train, Modality.Image form)
      throws IOException {
    int count = Math.min(PAIRS, samples.count());
    int width = samples.width();
    int[] nearest = of(samples, count, train);
    float[] pairs = new float[2 * count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(samples.data(), i * width, pairs, 2 * i * width, width);
      System.arraycopy(train.data(), nearest[i] * width, pairs, (2 * i + 1) * width, width);
    }
    Png png = ImageGrid.of(new Values.Dense(samples.item(), pairs), form, 2 * PAIRS_IN_A_ROW);
    AtomicFiles.write(file, png::writeTo);
  }

  /** For each of the first samples, the place of the training example at the least distance. */
  static int[] of(Values.Dense samples, int count, Values.Dense train) {
    int[] nearest = new int[count];
    IntStream.range(0, count).parallel().forEach(i -> nearest[i] = nearest(samples, i, train));
    return nearest;
  }

  private static int nearest(Values.Dense samples, int sample, Values.Dense train) {
    int width = samples.width();
    float[] x = Arrays.copyOfRange(samples.data(), sample * width, (sample + 1) * width);
    double best = Double.POSITIVE_INFINITY;
    int place = 0;
    for (int j = 0; j < train.count(); j++) {
      double squares = squares(x, train.data(), j * width, best);
      if (squares < best) {
        best = squares;
        place = j;
      }
    }
    return place;
  }

  /** |x − y|², or something above {@code enough} as soon as that is clear. */
  private static double squares(float[] x, float[] data, int from, double enough) {
    double sum = 0;
    for (int c = 0; c < x.length && sum <= enough; c++) {
      double d = x[c] - data[from + c];
      sum += d * d;
    }
    return sum;
  }
}
