package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Points;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.InceptionScore;
import dev.assay.spi.Features;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * How sure a classifier is of each sample while it sees all classes: from 1 to their number. It
 * looks at no data but what the classifier was trained on.
 */
@AutoService(Metric.class)
public final class InceptionScoreMetric extends FeatureMetric {
  public InceptionScoreMetric() {
    super(
        "inception-score",
        new Info(
            "Inception score",
            "1",
            Direction.HIGHER,
            1,
            Double.POSITIVE_INFINITY,
            100,
            "Salimans et al. 2016, Improved techniques for training GANs, §4"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Image;
  }

  @Override
  Optional<Values.Dense> view(Features features) {
    return features.logits();
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    Points logits = sets.samples();
    double[][] rows = new double[logits.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(logits.data(), i * logits.width(), (i + 1) * logits.width());
    }
    return Statistics.Mean.withoutInterval(InceptionScore.of(rows, 1).mean());
  }

  @Override
  String settings() {
    return "|splits:1";
  }
}
