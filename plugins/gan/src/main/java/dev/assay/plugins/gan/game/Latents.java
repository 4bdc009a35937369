package dev.assay.plugins.gan.game;

import dev.assay.tensor.RandomStream;

/** The prior of z. */
public final class Latents {
  private Latents() {}

  /**
   * Independent standard normals, each drawn again while it lies beyond the threshold. Brock et al.
   * 2019, §3.1.
   *
   * @param threshold in standard deviations, positive
   */
  public static float[] truncatedNormal(int count, double threshold, RandomStream random) {
    float[] z = new float[count];
    for (int i = 0; i < count; i++) {
      double drawn;
      do {
        drawn = random.nextGaussian();
      } while (Math.abs(drawn) > threshold);
      z[i] = (float) drawn;
    }
    return z;
  }
}
