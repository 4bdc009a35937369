package dev.assay.plugins.statistical.independent;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/**
 * A histogram of each column, over its training range. One part in n + 1 of the mass lies under a
 * Gaussian of twice the column's deviation, so that no value is impossible; until fitted, all of it
 * lies under a standard Gaussian.
 */
final class ColumnMarginals implements Marginals {
  private static final double SMALLEST_WIDTH = 1e-6;
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final int columns;
  private final int bins;
  private final double smoothing;
  private double histogramShare;
  private final double[] low;
  private final double[] binWidth;
  private final double[] mean;
  private final double[] spread;
  private final double[] probabilities;

  ColumnMarginals(int columns, int bins, double smoothing) {
    this.columns = columns;
    this.bins = bins;
    this.smoothing = smoothing;
    low = new double[columns];
    binWidth = new double[columns];
    mean = new double[columns];
    spread = new double[columns];
    probabilities = new double[columns * bins];
    Arrays.fill(binWidth, 1);
    Arrays.fill(spread, 1);
    Arrays.fill(probabilities, 1.0 / bins);
  }

  @Override
  public void fit(Values x) {
    Values.Dense dense = (Values.Dense) x;
    int count = dense.count();
    histogramShare = count / (count + 1.0);
    for (int column = 0; column < columns; column++) {
      fitColumn(dense.data(), column, count);
    }
  }

  private void fitColumn(float[] data, int column, int count) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = column; i < data.length; i += columns) {
      min = Math.min(min, data[i]);
      max = Math.max(max, data[i]);
      sum += data[i];
    }
    mean[column] = sum / count;
    double squares = 0;
    for (int i = column; i < data.length; i += columns) {
      double centred = data[i] - mean[column];
      squares += centred * centred;
    }
    double smallest = SMALLEST_WIDTH * Math.max(1, Math.abs(mean[column]));
    spread[column] = Math.max(2 * Math.sqrt(squares / count), smallest);
    low[column] = min;
    binWidth[column] = Math.max(max - min, smallest) / bins;
    Arrays.fill(probabilities, column * bins, (column + 1) * bins, smoothing);
    for (int i = column; i < data.length; i += columns) {
      probabilities[column * bins + bin(column, data[i])]++;
    }
    for (int i = column * bins; i < (column + 1) * bins; i++) {
      probabilities[i] /= count + smoothing * bins;
    }
  }

  @Override
  public double[] nats(Values x) {
    Values.Dense dense = (Values.Dense) x;
    double[] sums = new double[dense.count()];
    float[] data = dense.data();
    for (int i = 0; i < data.length; i++) {
      sums[i / columns] -= logDensity(i % columns, data[i]);
    }
    return sums;
  }

  /** ln of the mixture, safe where the Gaussian underflows. */
  private double logDensity(int column, float value) {
    double z = (value - mean[column]) / spread[column];
    double tail =
        Math.log1p(-histogramShare) - LOG_ROOT_TWO_PI - Math.log(spread[column]) - z * z / 2;
    int bin = bin(column, value);
    if (histogramShare == 0 || bin < 0) {
      return tail;
    }
    double inside =
        Math.log(histogramShare * probabilities[column * bins + bin] / binWidth[column]);
    return inside + Math.log1p(Math.exp(tail - inside));
  }

  /** The bin of a value, the upper end included; −1 outside the training range. */
  private int bin(int column, double value) {
    double place = (value - low[column]) / binWidth[column];
    // Rounding of the division may push the largest value just past the last bin.
    return place < 0 || place > bins * (1 + 1e-9) ? -1 : Math.min((int) place, bins - 1);
  }

  @Override
  public Values sample(SampleRequest request, IndependentSampler sampler) {
    float[] data = new float[request.count() * columns];
    for (int i = 0; i < request.count(); i++) {
      RandomStream random = request.stream(i);
      for (int column = 0; column < columns; column++) {
        data[i * columns + column] = (float) draw(column, random);
      }
    }
    return new Values.Dense(Shape.of(columns), data);
  }

  private double draw(int column, RandomStream random) {
    if (random.nextDouble() >= histogramShare) {
      return mean[column] + spread[column] * random.nextGaussian();
    }
    int bin = Categorical.draw(probabilities, column * bins, bins, random.nextDouble());
    return low[column] + (bin + random.nextDouble()) * binWidth[column];
  }

  @Override
  public ScoreMethod.Measure measure() {
    return ScoreMethod.Measure.DENSITY;
  }

  @Override
  public long parameters() {
    return (long) columns * (bins - 1 + 4);
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("histogram_share", Shape.SCALAR, new double[] {histogramShare});
    store.putDoubles("low", Shape.of(columns), low);
    store.putDoubles("bin_width", Shape.of(columns), binWidth);
    store.putDoubles("mean", Shape.of(columns), mean);
    store.putDoubles("spread", Shape.of(columns), spread);
    store.putDoubles("probabilities", Shape.of(columns, bins), probabilities);
  }

  @Override
  public void restore(StateStore store) {
    histogramShare = store.doubles("histogram_share", Shape.SCALAR)[0];
    copy(store.doubles("low", Shape.of(columns)), low);
    copy(store.doubles("bin_width", Shape.of(columns)), binWidth);
    copy(store.doubles("mean", Shape.of(columns)), mean);
    copy(store.doubles("spread", Shape.of(columns)), spread);
    copy(store.doubles("probabilities", Shape.of(columns, bins)), probabilities);
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
