package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;

/** Eight equal isotropic Gaussians, evenly spaced on a circle. */
record GaussianRing() implements PlaneDistribution {
  private static final int COMPONENTS = 8;
  private static final double RADIUS = 2;
  private static final double DEVIATION = 0.1;

  /** ln 8 + 1 + ln(2πσ²), less the 1·10⁻¹² or so by which the components overlap. */
  private static final double ENTROPY = 0.312148422101030;

  @Override
  public String id() {
    return "gaussians-8";
  }

  @Override
  public String name() {
    return "Eight Gaussians";
  }

  @Override
  public String summary() {
    return "8 equal Gaussians of deviation 0.1 on a circle of radius 2";
  }

  @Override
  public String citation() {
    return "after Rezende and Mohamed 2015, Grathwohl et al. 2019";
  }

  @Override
  public void draw(RandomStream random, float[] out, int at) {
    double angle = angle(random.nextInt(COMPONENTS));
    double[] noise = Normals.pair(random);
    out[at] = (float) (RADIUS * StrictMath.cos(angle) + DEVIATION * noise[0]);
    out[at + 1] = (float) (RADIUS * StrictMath.sin(angle) + DEVIATION * noise[1]);
  }

  @Override
  public double logDensity(float[] x) {
    double[] terms = new double[COMPONENTS];
    for (int k = 0; k < COMPONENTS; k++) {
      terms[k] =
          Normals.logDensity(x[0], RADIUS * Math.cos(angle(k)), DEVIATION)
              + Normals.logDensity(x[1], RADIUS * Math.sin(angle(k)), DEVIATION);
    }
    return Normals.logSumExp(terms) - Math.log(COMPONENTS);
  }

  @Override
  public double entropy() {
    return ENTROPY;
  }

  private static double angle(int component) {
    return 2 * Math.PI * component / COMPONENTS;
  }
}
