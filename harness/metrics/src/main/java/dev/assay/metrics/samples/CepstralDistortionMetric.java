package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.audio.Cepstra;
import dev.assay.metrics.audio.Spectra;
import dev.assay.metrics.audio.Warping;
import dev.assay.spi.Metric;

/** Mel-cepstral distortion of held-out sounds and the nearest sample, whatever their loudness. */
@AutoService(Metric.class)
public final class CepstralDistortionMetric extends SoundMetric {
  public CepstralDistortionMetric() {
    super(
        "mel-cepstral-distortion",
        "Mel-cepstral distortion of the nearest sample",
        "Kubichek 1993, Mel-cepstral distance measure for objective speech quality assessment");
  }

  @Override
  double[][] features(double[] signal, int rate) {
    return Cepstra.of(Spectra.powers(signal, rate), rate);
  }

  @Override
  Warping align(double[][] x, double[][] y) {
    return Cepstra.warped(x, y);
  }
}
