package dev.assay.metrics.preference;

/** Quantities of proximal policy optimisation. */
public final class PolicyGradient {
  private PolicyGradient() {}

  /**
   * Generalised advantages (Schulman et al. 2016): Σ (γλ)ˡ δ(t+l), δ = r + γ V(t+1) − V(t), V = 0
   * after the end.
   *
   * @param rewards of each step
   * @param values of the state before each step
   */
  public static double[] advantages(
      double[] rewards, double[] values, double gamma, double lambda) {
    int n = rewards.length;
    double[] advantages = new double[n];
    double after = 0;
    double next = 0;
    for (int t = n - 1; t >= 0; t--) {
      after = rewards[t] + gamma * next - values[t] + gamma * lambda * after;
      advantages[t] = after;
      next = values[t];
    }
    return advantages;
  }

  /**
   * −mean min(r A, clip(r, 1 − ε, 1 + ε) A), r the ratio of new to old probabilities (Schulman et
   * al. 2017, eq. 7).
   */
  public static double clippedLoss(
      double[] newLogs, double[] oldLogs, double[] advantages, double epsilon) {
    return -Preferences.mean(
        newLogs.length,
        i -> {
          double ratio = Math.exp(newLogs[i] - oldLogs[i]);
          double clipped = Math.clamp(ratio, 1 - epsilon, 1 + epsilon);
          return Math.min(ratio * advantages[i], clipped * advantages[i]);
        });
  }
}
