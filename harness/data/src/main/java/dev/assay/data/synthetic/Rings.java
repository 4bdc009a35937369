package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;

/** Four concentric circles, equally likely, a uniform angle, plus isotropic Gaussian noise. */
record Rings() implements PlaneDistribution {
  private static final double[] RADII = {0.75, 1.5, 2.25, 3};
  private static final double DEVIATION = 0.08;

  /** −∫ 2πr p ln p dr, by the trapezoid rule. */
  private static final double ENTROPY = 2.62318277030031;

  @Override
  public String id() {
    return "rings";
  }

  @Override
  public String name() {
    return "Rings";
  }

  @Override
  public String summary() {
    return "4 circles of radius 0.75, 1.5, 2.25 and 3, Gaussian noise of deviation 0.08";
  }

  @Override
  public String citation() {
    return "after Grathwohl et al. 2019";
  }

  @Override
  public void draw(RandomStream random, float[] out, int at) {
    double radius = RADII[random.nextInt(RADII.length)];
    double angle = 2 * Math.PI * random.nextDouble();
    double[] noise = Normals.pair(random);
    out[at] = (float) (radius * StrictMath.cos(angle) + DEVIATION * noise[0]);
    out[at + 1] = (float) (radius * StrictMath.sin(angle) + DEVIATION * noise[1]);
  }

  /**
   * Averaging exp(−|x − R·(cos t, sin t)|² / 2σ²) over t gives exp(−(r − R)² / 2σ²) · e⁻ᶻ I₀(z)
   * with z = rR/σ².
   */
  @Override
  public double logDensity(float[] x) {
    double variance = DEVIATION * DEVIATION;
    double r = Math.hypot(x[0], x[1]);
    double[] terms = new double[RADII.length];
    for (int k = 0; k < terms.length; k++) {
      double gap = r - RADII[k];
      terms[k] = -gap * gap / (2 * variance) + Math.log(scaledI0(r * RADII[k] / variance));
    }
    return Normals.logSumExp(terms) - Math.log(RADII.length) - Normals.LN_2PI - Math.log(variance);
  }

  @Override
  public double entropy() {
    return ENTROPY;
  }

  /**
   * e⁻ᶻ I₀(z) for z ≥ 0, to about 14 digits: the power series below 30 (Abramowitz and Stegun
   * 9.6.10), above it the asymptotic one (9.7.1).
   */
  static double scaledI0(double z) {
    double term = 1;
    double sum = 1;
    if (z < 30) {
      double quarter = z * z / 4;
      for (int k = 1; term > 1e-17 * sum; k++) {
        term *= quarter / ((double) k * k);
        sum += term;
      }
      return Math.exp(-z) * sum;
    }
    for (int k = 1; term > 1e-17 * sum && k < 30; k++) {
      term *= (2.0 * k - 1) * (2 * k - 1) / (8 * k * z);
      sum += term;
    }
    return sum / Math.sqrt(2 * Math.PI * z);
  }
}
