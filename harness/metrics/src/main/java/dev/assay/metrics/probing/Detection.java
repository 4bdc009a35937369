package dev.assay.metrics.probing;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.classification.Roc;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Numbers of curves, with percentile bootstrap intervals over positives and over negatives. */
final class Detection {
  private static final int RESAMPLES = 500;

  private Detection() {}

  static Statistics.Mean of(
      double[] positive, double[] negative, ToDoubleFunction<Roc> number, RandomStream random) {
    double value = number.applyAsDouble(Roc.of(positive, negative));
    double[] resampled = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      resampled[r] =
          number.applyAsDouble(Roc.of(resample(positive, random), resample(negative, random)));
    }
    Arrays.sort(resampled);
    return new Statistics.Mean(
        value,
        Math.min(value, Statistics.quantile(resampled, 0.025)),
        Math.max(value, Statistics.quantile(resampled, 0.975)));
  }

  private static double[] resample(double[] values, RandomStream random) {
    double[] chosen = new double[values.length];
    Arrays.setAll(chosen, i -> values[random.nextInt(values.length)]);
    return chosen;
  }
}
