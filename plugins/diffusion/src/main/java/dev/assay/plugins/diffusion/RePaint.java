package dev.assay.plugins.diffusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Completes what is partly known: after each step what is known is drawn from q(x_s | x₀); and each
 * step is gone several times, going back by q(x_t | x_s), so that what is drawn comes to agree with
 * what is known. Lugmayr et al. 2022, algorithm 1, with jumps of one step.
 */
public final class RePaint {
  private RePaint() {}

  /**
   * @param levels from the noisiest to no noise
   * @param updates from each level to the next, none of which looks at the last prediction
   * @param times each step is gone, at least 1; the last one, to no noise, is gone once
   */
  public static List<Update.Completing> updates(
      List<Level> levels, List<Update> updates, int times) {
    List<Update.Completing> completing = new ArrayList<>();
    for (int i = 0; i < updates.size(); i++) {
      Level t = levels.get(i);
      Level s = levels.get(i + 1);
      double kept = t.alpha() / s.alpha();
      double lost = Math.sqrt(square(t.sigma()) - square(kept * s.sigma()));
      for (int u = 0; u < (s.sigma() == 0 ? 1 : times); u++) {
        completing.add(
            new Update.Completing(
                u == 0 ? 1 : kept, u == 0 ? 0 : lost, updates.get(i), s.alpha(), s.sigma()));
      }
    }
    return completing;
  }

  /** Completed values with what is known as it was given, to the last bit. */
  public static float[] keep(float[] given, boolean[] known, float[] completed) {
    float[] x = completed.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = known[i] ? given[i] : x[i];
    }
    return x;
  }

  private static double square(double a) {
    return a * a;
  }
}
