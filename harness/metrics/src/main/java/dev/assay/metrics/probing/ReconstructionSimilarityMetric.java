package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.image.Similarity;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;

/**
 * Structural similarity of reconstructions, mean over images and channels: with the Gaussian window
 * of the paper, or a uniform one of width 7 where the images are too small for it.
 */
@AutoService(Metric.class)
public final class ReconstructionSimilarityMetric extends Reconstruction {
  private static final Similarity GAUSSIAN = Similarity.gaussian();
  private static final int SMALL = 7;

  public ReconstructionSimilarityMetric() {
    super(
        "reconstruction-ssim",
        new Info(
            "Structural similarity of reconstructions",
            "1",
            Direction.HIGHER,
            -1,
            1,
            0,
            "Wang et al. 2004, Image quality assessment, eq. 13"));
  }

  @Override
  boolean covers(DataSpec.Conditional spec) {
    return spec.x() instanceof Modality.Image form
        && Math.min(form.height(), form.width()) >= SMALL;
  }

  @Override
  double[] counts(Values.Dense held, Values.Dense decoded, int i, Modality.Image form) {
    Similarity similarity = wide(form) ? GAUSSIAN : Similarity.uniform(SMALL);
    double sum = 0;
    for (int channel = 0; channel < form.channels(); channel++) {
      sum +=
          similarity.of(
              plane(held, i, channel, form), plane(decoded, i, channel, form), form.levels() - 1);
    }
    return new double[] {sum, form.channels()};
  }

  private static double[][] plane(Values.Dense images, int i, int channel, Modality.Image form) {
    double[][] plane = new double[form.height()][form.width()];
    for (int y = 0; y < form.height(); y++) {
      for (int x = 0; x < form.width(); x++) {
        int pixel = (i * form.height() + y) * form.width() + x;
        plane[y][x] = images.data()[pixel * form.channels() + channel];
      }
    }
    return plane;
  }

  private static boolean wide(Modality.Image form) {
    return Math.min(form.height(), form.width()) >= GAUSSIAN.window().length;
  }

  @Override
  double number(double[] sums) {
    return sums[0] / sums[1];
  }

  @Override
  String settings(Modality.Image form) {
    return wide(form) ? "|window:gaussian-11" : "|window:uniform-" + SMALL;
  }
}
