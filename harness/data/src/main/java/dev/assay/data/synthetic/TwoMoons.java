package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;

/**
 * Two interleaved half circles of radius 1, an angle uniform on one of them, plus isotropic
 * Gaussian noise. The density is an integral over the angle, done by Gauss–Legendre quadrature.
 */
record TwoMoons() implements PlaneDistribution {
  private static final double DEVIATION = 0.1;

  /** −∫ p ln p over the plane, by the trapezoid rule. */
  private static final double ENTROPY = 1.00758483484645;

  /** Points of the arcs, and ln of their probabilities. */
  private static final double[] X;

  private static final double[] Y;
  private static final double[] LOG_WEIGHT;

  static {
    Quadrature angles = Quadrature.gaussLegendre(0, Math.PI, 24);
    int n = angles.nodes().length;
    X = new double[2 * n];
    Y = new double[2 * n];
    LOG_WEIGHT = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double t = angles.nodes()[i];
      X[i] = Math.cos(t);
      Y[i] = Math.sin(t);
      X[n + i] = 1 - Math.cos(t);
      Y[n + i] = 0.5 - Math.sin(t);
      LOG_WEIGHT[i] = Math.log(angles.weights()[i] / Math.PI / 2);
      LOG_WEIGHT[n + i] = LOG_WEIGHT[i];
    }
  }

  @Override
  public String id() {
    return "two-moons";
  }

  @Override
  public String name() {
    return "Two moons";
  }

  @Override
  public String summary() {
    return "two half circles of radius 1, uniform angle, Gaussian noise of deviation 0.1";
  }

  @Override
  public String citation() {
    return "geometry of scikit-learn's make_moons (Pedregosa et al. 2011)";
  }

  @Override
  public void draw(RandomStream random, float[] out, int at) {
    boolean upper = random.nextInt(2) == 0;
    double angle = Math.PI * random.nextDouble();
    double x = StrictMath.cos(angle);
    double y = StrictMath.sin(angle);
    double[] noise = Normals.pair(random);
    out[at] = (float) ((upper ? x : 1 - x) + DEVIATION * noise[0]);
    out[at + 1] = (float) ((upper ? y : 0.5 - y) + DEVIATION * noise[1]);
  }

  @Override
  public double logDensity(float[] x) {
    double[] terms = new double[X.length];
    for (int i = 0; i < terms.length; i++) {
      double dx = x[0] - X[i];
      double dy = x[1] - Y[i];
      terms[i] = LOG_WEIGHT[i] - (dx * dx + dy * dy) / (2 * DEVIATION * DEVIATION);
    }
    return Normals.logSumExp(terms) - Normals.LN_2PI - 2 * Math.log(DEVIATION);
  }

  @Override
  public double entropy() {
    return ENTROPY;
  }
}
