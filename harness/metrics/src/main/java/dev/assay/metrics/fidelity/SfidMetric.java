package dev.assay.metrics.fidelity;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Frechet;
import dev.assay.spi.Features;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** As {@link FidMetric}, of an earlier layer that still knows where things are. */
@AutoService(Metric.class)
public final class SfidMetric extends FeatureMetric {
  public SfidMetric() {
    super(
        "sfid",
        new Info(
            "Fréchet distance, spatial",
            "1",
            Direction.LOWER,
            0,
            Double.POSITIVE_INFINITY,
            FidMetric.MINIMUM,
            "Nash et al. 2021, Generating images with sparse representations, §5.1"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Image;
  }

  @Override
  Optional<Values.Dense> view(Features features) {
    return features.spatial();
  }

  @Override
  Statistics.Mean value(Sets sets, RandomStream random) {
    return Statistics.Mean.withoutInterval(Frechet.distance(sets.samples(), sets.held()));
  }
}
