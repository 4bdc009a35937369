package dev.assay.metrics.samples;

import dev.assay.metrics.Statistics;
import dev.assay.metrics.audio.Warping;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.MuLaw;
import dev.assay.spi.Values;
import java.util.List;

/**
 * How far held-out sounds are from the nearest sample, both aligned in time; mean over the held-out
 * sounds. The first {@link #MOST} samples and {@link #HELD} held-out sounds, spread evenly, are
 * looked at, as each pair is aligned.
 */
abstract class SoundMetric implements Metric {
  private static final int MOST = 100;
  private static final int HELD = 50;
  private static final int LEAST = 10;
  private static final double FULL = 1 << 15;

  private final String id;
  private final Info info;

  SoundMetric(String id, String name, String source) {
    this.id = id;
    info = new Info(name, "dB", Direction.LOWER, 0, Double.POSITIVE_INFINITY, LEAST, source);
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Info info() {
    return info;
  }

  @Override
  public final Fit fits(DataSpec spec) {
    return spec instanceof DataSpec.Conditional(Modality.Audio _, Modality _)
        ? Fit.raw()
        : Fit.no(info.name() + " needs sounds");
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Texts samples)
        || !(evaluation.spec().x() instanceof Modality.Audio(int rate))
        || samples.count() < LEAST
        || evaluation.test().count() < LEAST) {
      return List.of();
    }
    List<double[][]> drawn =
        samples.texts().stream().limit(MOST).map(sound -> features(signal(sound), rate)).toList();
    List<String> held = evaluation.test().texts().texts();
    double[] nearest = new double[Math.min(HELD, held.size())];
    for (int i = 0; i < nearest.length; i++) {
      String sound = held.get((int) ((long) i * held.size() / nearest.length));
      double[][] features = features(signal(sound), rate);
      nearest[i] =
          drawn.stream().mapToDouble(other -> align(features, other).mean()).min().orElseThrow();
    }
    Statistics.Mean mean =
        Statistics.bootstrapMean(nearest, evaluation.random().child("bootstrap"));
    return List.of(
        new MetricValue(
            id,
            "sample",
            info.direction(),
            mean.value(),
            mean.low(),
            mean.high(),
            nearest.length,
            info.unit(),
            "v1|n:%d|held:%d|aligned".formatted(drawn.size(), nearest.length)));
  }

  private static double[] signal(String sound) {
    return sound.chars().mapToDouble(code -> MuLaw.decode(code) / FULL).toArray();
  }

  /** [frames, numbers] of a signal from −1 to 1. */
  abstract double[][] features(double[] signal, int rate);

  abstract Warping align(double[][] x, double[][] y);
}
