package dev.assay.plugins.statistical.bernoullimixture;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.plugins.statistical.Workers;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * p(x) = Σ πₖ Π θₖᵢ^xᵢ (1 − θₖᵢ)^(1 − xᵢ). Numbers of all components stand side by side for each
 * pixel, so that an image's bright pixels alone select the rows to add.
 */
final class Mixture {
  /**
   * Sums of counts that may be held at once; decides how many parts of the data are summed apart.
   */
  private static final long MOST_SUMS = 1L << 23;

  private static final int MOST_PARTS = 32;
  private static final int SMALLEST_PART = 256;

  private final int count;
  private final int pixels;
  private final double smoothing;
  private final double[] weights;
  private final double[] means;

  /** ln θ − ln(1 − θ) by pixel and component. */
  private final double[] logits;

  /** ln π + Σ ln(1 − θ): the log-joint of a dark image, by component. */
  private final double[] dark;

  /** Weights uniform and means a half, until set. */
  Mixture(int count, int pixels, double smoothing) {
    this.count = count;
    this.pixels = pixels;
    this.smoothing = smoothing;
    weights = new double[count];
    means = new double[pixels * count];
    logits = new double[pixels * count];
    dark = new double[count];
    Arrays.fill(weights, 1.0 / count);
    Arrays.fill(means, 0.5);
    takeLogarithms();
  }

  /** Numbers of one part of the data: component totals, then bright counts by pixel. */
  private record Sums(double[] totals, double[] bright) {}

  /**
   * One sweep: responsibilities under the present parameters, then new parameters.
   *
   * @param data images [n, pixels] of zeros and ones
   * @return −ln p of each image before the update, in nats
   */
  double[] sweep(float[] data, Workers workers) {
    int images = data.length / pixels;
    double[] nats = new double[images];
    long fit = MOST_SUMS / ((long) count * (pixels + 1));
    int parts = (int) Math.clamp(fit, 1, Math.min(MOST_PARTS, 1 + images / SMALLEST_PART));
    Sums[] sums = new Sums[parts];
    workers.forEach(
        parts,
        part -> {
          sums[part] = new Sums(new double[count], new double[pixels * count]);
          int from = (int) ((long) images * part / parts);
          int to = (int) ((long) images * (part + 1) / parts);
          expect(data, from, to, nats, sums[part]);
        });
    for (int part = 1; part < parts; part++) {
      add(sums[part].totals, sums[0].totals);
      add(sums[part].bright, sums[0].bright);
    }
    maximise(sums[0], images);
    return nats;
  }

  /** −ln p of each image, in nats. */
  double[] nats(float[] data, Workers workers) {
    int images = data.length / pixels;
    double[] nats = new double[images];
    int parts = (images + SMALLEST_PART - 1) / SMALLEST_PART;
    workers.forEach(
        parts,
        part ->
            expect(
                data,
                part * SMALLEST_PART,
                Math.min((part + 1) * SMALLEST_PART, images),
                nats,
                null));
    return nats;
  }

  /** Sets −ln p of images {@code from} to {@code to}, and adds their counts to the sums, if any. */
  private void expect(float[] data, int from, int to, double[] nats, @Nullable Sums sums) {
    double[] joint = new double[count];
    int[] bright = new int[pixels];
    for (int image = from; image < to; image++) {
      int brightPixels = brightPixels(data, image * pixels, bright);
      System.arraycopy(dark, 0, joint, 0, count);
      for (int i = 0; i < brightPixels; i++) {
        addRow(logits, bright[i] * count, joint, 0, count);
      }
      nats[image] = -normalise(joint);
      if (sums != null) {
        addRow(joint, 0, sums.totals, 0, count);
        for (int i = 0; i < brightPixels; i++) {
          addRow(joint, 0, sums.bright, bright[i] * count, count);
        }
      }
    }
  }

  private int brightPixels(float[] data, int row, int[] bright) {
    int number = 0;
    for (int i = 0; i < pixels; i++) {
      float level = data[row + i];
      if (level == 1) {
        bright[number++] = i;
      } else if (level != 0) {
        throw new IllegalArgumentException("pixel value " + level + " is neither 0 nor 1");
      }
    }
    return number;
  }

  /** Turns logs into shares of their sum; returns the log of the sum. */
  private static double normalise(double[] logs) {
    double max = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = Math.exp(logs[k] - max);
      sum += logs[k];
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] /= sum;
    }
    return max + Math.log(sum);
  }

  private void maximise(Sums sums, int images) {
    for (int k = 0; k < count; k++) {
      weights[k] = sums.totals[k] / images;
    }
    for (int i = 0; i < pixels; i++) {
      for (int k = 0; k < count; k++) {
        double bright = sums.bright[i * count + k] + smoothing;
        means[i * count + k] = bright / (sums.totals[k] + 2 * smoothing);
      }
    }
    takeLogarithms();
  }

  /**
   * Starts each component halfway between the mean image and an image of its own, drawn without
   * replacement while there are enough.
   */
  void start(float[] data, RandomStream random) {
    int images = data.length / pixels;
    int[] order = random.permutation(images);
    double[] mean = new double[pixels];
    for (int i = 0; i < data.length; i++) {
      mean[i % pixels] += data[i] / (double) images;
    }
    Arrays.fill(weights, 1.0 / count);
    for (int i = 0; i < pixels; i++) {
      for (int k = 0; k < count; k++) {
        double own = data[order[k % images] * pixels + i];
        means[i * count + k] = 0.25 + 0.25 * mean[i] + 0.25 * own;
      }
    }
    takeLogarithms();
  }

  private void takeLogarithms() {
    for (int k = 0; k < count; k++) {
      dark[k] = Math.log(weights[k]);
    }
    for (int i = 0; i < pixels; i++) {
      for (int k = 0; k < count; k++) {
        double mean = means[i * count + k];
        double logDark = Math.log1p(-mean);
        logits[i * count + k] = Math.log(mean) - logDark;
        dark[k] += logDark;
      }
    }
  }

  /** An image, [pixels], into {@code out} at {@code row}. */
  void draw(RandomStream random, float[] out, int row) {
    int k = Categorical.draw(weights, random.nextDouble());
    for (int i = 0; i < pixels; i++) {
      out[row + i] = random.nextDouble() < means[i * count + k] ? 1 : 0;
    }
  }

  long parameters() {
    return count - 1 + (long) count * pixels;
  }

  void save(StateStore store) {
    store.putDoubles("weights", Shape.of(count), weights);
    store.putDoubles("means", Shape.of(pixels, count), means);
  }

  void restore(StateStore store) {
    System.arraycopy(store.doubles("weights", Shape.of(count)), 0, weights, 0, count);
    double[] saved = store.doubles("means", Shape.of(pixels, count));
    System.arraycopy(saved, 0, means, 0, saved.length);
    takeLogarithms();
  }

  private static void add(double[] from, double[] to) {
    addRow(from, 0, to, 0, to.length);
  }

  private static void addRow(double[] from, int fromRow, double[] to, int toRow, int size) {
    for (int k = 0; k < size; k++) {
      to[toRow + k] += from[fromRow + k];
    }
  }
}
