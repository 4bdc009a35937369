package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.audio.Spectra;
import dev.assay.metrics.audio.Warping;
import dev.assay.spi.Metric;

/** Log-spectral distance of held-out sounds and the nearest sample. */
@AutoService(Metric.class)
public final class LogSpectralDistanceMetric extends SoundMetric {
  public LogSpectralDistanceMetric() {
    super(
        "log-spectral-distance",
        "Log-spectral distance of the nearest sample",
        "Gray and Markel 1976, Distance measures for speech processing");
  }

  @Override
  double[][] features(double[] signal, int rate) {
    return Spectra.decibels(Spectra.powers(signal, rate));
  }

  @Override
  Warping align(double[][] x, double[][] y) {
    return Spectra.warped(x, y);
  }
}
