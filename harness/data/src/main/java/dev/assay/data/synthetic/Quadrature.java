package dev.assay.data.synthetic;

/** Nodes and weights of a rule for ∫ f. */
record Quadrature(double[] nodes, double[] weights) {
  /** Positive nodes and their weights of the 10-point Gauss–Legendre rule on [−1, 1]. */
  private static final double[] NODE = {
    0.1488743389816312,
    0.4333953941292472,
    0.6794095682990244,
    0.8650633666889845,
    0.9739065285171717
  };

  private static final double[] WEIGHT = {
    0.2955242247147529,
    0.2692667193099963,
    0.2190863625159820,
    0.1494513491505806,
    0.0666713443086881
  };

  /** The 10-point Gauss–Legendre rule on each of {@code panels} equal parts of [low, high]. */
  static Quadrature gaussLegendre(double low, double high, int panels) {
    int order = 2 * NODE.length;
    double half = (high - low) / panels / 2;
    double[] nodes = new double[panels * order];
    double[] weights = new double[panels * order];
    for (int panel = 0; panel < panels; panel++) {
      double middle = low + (2 * panel + 1) * half;
      for (int i = 0; i < NODE.length; i++) {
        int at = panel * order + 2 * i;
        nodes[at] = middle - half * NODE[i];
        nodes[at + 1] = middle + half * NODE[i];
        weights[at] = half * WEIGHT[i];
        weights[at + 1] = half * WEIGHT[i];
      }
    }
    return new Quadrature(nodes, weights);
  }
}
