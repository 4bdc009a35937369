package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;

/**
 * Peak signal-to-noise ratio of reconstructions in dB, of the squared difference averaged over all
 * images. No value where nothing differs.
 */
@AutoService(Metric.class)
public final class ReconstructionNoiseMetric extends Reconstruction {
  public ReconstructionNoiseMetric() {
    super(
        "reconstruction-psnr",
        new Info(
            "Peak signal-to-noise ratio of reconstructions",
            "dB",
            Direction.HIGHER,
            0,
            Double.POSITIVE_INFINITY,
            0,
            "10 log₁₀((levels − 1)² / mean squared difference)"));
  }

  @Override
  double[] counts(Values.Dense held, Values.Dense decoded, int i, Modality.Image form) {
    double squares = 0;
    for (int c = i * held.width(); c < (i + 1) * held.width(); c++) {
      double difference = (held.data()[c] - decoded.data()[c]) / (form.levels() - 1.0);
      squares += difference * difference;
    }
    return new double[] {squares, held.width()};
  }

  @Override
  double number(double[] sums) {
    return 10 * Math.log10(sums[1] / sums[0]);
  }

  @Override
  String settings(Modality.Image form) {
    return "|range:levels";
  }
}
