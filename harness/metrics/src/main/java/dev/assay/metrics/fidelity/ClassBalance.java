package dev.assay.metrics.fidelity;

import dev.assay.metrics.Points;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.spi.Features;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * How samples spread over the classes that a classifier sees in them, beside those that it sees in
 * held-out images, so that what it confuses, it confuses in both.
 */
abstract class ClassBalance extends FeatureMetric {
  static final int MINIMUM = 100;

  private final ToDoubleBiFunction<Histogram, Histogram> number;

  /**
   * @param number of the classes of samples and of held-out images
   */
  ClassBalance(String id, Info info, ToDoubleBiFunction<Histogram, Histogram> number) {
    super(id, info);
    this.number = number;
  }

  @Override
  final boolean covers(Modality x) {
    return x instanceof Modality.Image;
  }

  @Override
  final Optional<Values.Dense> view(Features features) {
    return features.logits();
  }

  @Override
  final Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(
        number.applyAsDouble(classes(sets.samples()), classes(sets.held())));
  }

  private static Histogram classes(Points logits) {
    double[] counts = new double[logits.width()];
    for (int i = 0; i < logits.rows(); i++) {
      int best = 0;
      for (int k = 1; k < logits.width(); k++) {
        best =
            logits.data()[i * logits.width() + k] > logits.data()[i * logits.width() + best]
                ? k
                : best;
      }
      counts[best]++;
    }
    return Histogram.of(counts);
  }
}
