package dev.assay.plugins.vae.autoencoder;

import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/**
 * p(z) = Σ πₖ N(z; μₖ, diag σ²ₖ), fitted to codes that keep moving, by stepwise EM: after each
 * batch the sufficient statistics go a part γ of the way to those of the batch. Cappé and Moulines
 * 2009, eq. 11.
 */
final class CodeMixture {
  /** γ falls as (t + 1)^−0.6 to this part: what is older than some fifty batches is forgotten. */
  private static final double SMALLEST_STEP = 0.02;

  private static final double STEP_EXPONENT = -0.6;

  /** A component with less than this part of an equal share begins anew at a code. */
  private static final double NEGLECTED = 0.01;

  private static final double RELATIVE_FLOOR = 1e-3;

  private final int count;
  private final int width;

  /** By component: Σ r, then Σ r z and Σ r z² by dimension; each a mean over examples. */
  private final double[] shares;

  private final double[] sums;
  private final double[] squares;
  private double floor = 1e-6;
  private long updates;

  /** Standard normals, until fitted. */
  CodeMixture(int count, int width) {
    this.count = count;
    this.width = width;
    shares = new double[count];
    sums = new double[count * width];
    squares = new double[count * width];
    Arrays.fill(shares, 1.0 / count);
    Arrays.fill(squares, 1.0 / count);
  }

  private double mean(int component, int dimension) {
    return sums[component * width + dimension] / shares[component];
  }

  private double variance(int component, int dimension) {
    double mean = mean(component, dimension);
    double square = squares[component * width + dimension] / shares[component];
    return Math.max(0, square - mean * mean) + floor;
  }

  /**
   * One step towards a batch.
   *
   * @param codes [n, width]
   * @param random of this step, for components that begin anew
   */
  void step(float[] codes, RandomStream random) {
    double[] spread = spread(codes);
    floor = RELATIVE_FLOOR * Arrays.stream(spread).average().orElseThrow() + 1e-9;
    if (updates == 0) {
      for (int k = 0; k < count; k++) {
        begin(k, 1.0 / count, codes, spread, random);
      }
    }
    double step = Math.max(SMALLEST_STEP, Math.pow(updates + 1.0, STEP_EXPONENT));
    average(codes, updates == 0 ? 1 : step);
    for (int k = 0; k < count; k++) {
      if (shares[k] < NEGLECTED / count) {
        begin(k, shares[k] + 1.0 / count, codes, spread, random);
      }
    }
    normaliseShares();
    updates++;
  }

  /** Variance of each dimension over a batch. */
  private double[] spread(float[] codes) {
    int n = codes.length / width;
    double[] mean = new double[width];
    double[] spread = new double[width];
    for (int i = 0; i < codes.length; i++) {
      mean[i % width] += codes[i] / (double) n;
    }
    for (int i = 0; i < codes.length; i++) {
      double offset = codes[i] - mean[i % width];
      spread[i % width] += offset * offset / n;
    }
    return spread;
  }

  /** Sets a component about a random code. */
  private void begin(int k, double share, float[] codes, double[] spread, RandomStream random) {
    int chosen = random.nextInt(codes.length / width);
    shares[k] = share;
    for (int d = 0; d < width; d++) {
      double deviation = 0.1 * Math.sqrt(spread[d]);
      double mean = codes[chosen * width + d] + deviation * random.nextGaussian();
      sums[k * width + d] = share * mean;
      squares[k * width + d] = share * (mean * mean + spread[d]);
    }
  }

  private void average(float[] codes, double step) {
    int n = codes.length / width;
    double[] newShares = new double[count];
    double[] newSums = new double[sums.length];
    double[] newSquares = new double[squares.length];
    Density density = new Density();
    double[] joint = new double[count];
    for (int i = 0; i < n; i++) {
      density.responsibilities(codes, i * width, joint);
      for (int k = 0; k < count; k++) {
        double weight = joint[k] / n;
        newShares[k] += weight;
        for (int d = 0; d < width; d++) {
          double z = codes[i * width + d];
          newSums[k * width + d] += weight * z;
          newSquares[k * width + d] += weight * z * z;
        }
      }
    }
    move(shares, newShares, step);
    move(sums, newSums, step);
    move(squares, newSquares, step);
  }

  private static void move(double[] values, double[] target, double step) {
    Arrays.setAll(values, i -> values[i] + step * (target[i] - values[i]));
  }

  private void normaliseShares() {
    double total = Arrays.stream(shares).sum();
    for (int k = 0; k < count; k++) {
      shares[k] /= total;
      for (int d = 0; d < width; d++) {
        sums[k * width + d] /= total;
        squares[k * width + d] /= total;
      }
    }
  }

  /** The mixture as it stands, for many codes. */
  private final class Density {
    private final double[] means = new double[count * width];
    private final double[] precisions = new double[count * width];
    private final double[] constants = new double[count];

    Density() {
      for (int k = 0; k < count; k++) {
        constants[k] = Math.log(shares[k]);
        for (int d = 0; d < width; d++) {
          double variance = variance(k, d);
          means[k * width + d] = mean(k, d);
          precisions[k * width + d] = 1 / variance;
          constants[k] -= 0.5 * Math.log(variance);
        }
      }
    }

    /** Sets p(k | z) of the code from {@code at}. */
    void responsibilities(float[] codes, int at, double[] out) {
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        double distance = 0;
        for (int d = 0; d < width; d++) {
          double offset = codes[at + d] - means[k * width + d];
          distance += offset * offset * precisions[k * width + d];
        }
        out[k] = constants[k] - 0.5 * distance;
        max = Math.max(max, out[k]);
      }
      double sum = 0;
      for (int k = 0; k < count; k++) {
        out[k] = Math.exp(out[k] - max);
        sum += out[k];
      }
      for (int k = 0; k < count; k++) {
        out[k] /= sum;
      }
    }
  }

  /** A code into {@code out} from {@code at}. */
  void draw(RandomStream random, double temperature, float[] out, int at) {
    double left = random.nextDouble();
    int k = 0;
    while (k < count - 1 && left >= shares[k]) {
      left -= shares[k++];
    }
    for (int d = 0; d < width; d++) {
      double deviation = temperature * Math.sqrt(variance(k, d));
      out[at + d] = (float) (mean(k, d) + deviation * random.nextGaussian());
    }
  }

  long parameters() {
    return count - 1 + 2L * count * width;
  }

  void save(StateStore store) {
    store.putDoubles("mixture.shares", Shape.of(count), shares);
    store.putDoubles("mixture.sums", Shape.of(count, width), sums);
    store.putDoubles("mixture.squares", Shape.of(count, width), squares);
    store.putDoubles("mixture.floor", Shape.SCALAR, new double[] {floor});
    store.putLongs("mixture.updates", updates);
  }

  void restore(StateStore store) {
    copy(store.doubles("mixture.shares", Shape.of(count)), shares);
    copy(store.doubles("mixture.sums", Shape.of(count, width)), sums);
    copy(store.doubles("mixture.squares", Shape.of(count, width)), squares);
    floor = store.doubles("mixture.floor", Shape.SCALAR)[0];
    updates = store.longs("mixture.updates")[0];
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
