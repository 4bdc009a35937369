package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.OdeLikelihood;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The deterministic process with the marginals of the diffusion, in s = ln(σ / α): dx/ds = α (α x −
 * x̂₀). Song et al. 2021, eq. 13, by x / α as a function of σ / α.
 */
final class ProbabilityFlow {
  private static final int NODES = 128;

  private ProbabilityFlow() {}

  /** α (α x − x̂₀): all [rows, width] but α [rows, 1]. */
  static Tensor velocity(Tensor x, Tensor clean, Tensor alpha) {
    return alpha.mul(alpha.mul(x).sub(clean));
  }

  /** Timesteps from 1 to T, about evenly in s; data are taken to stand at t = 1. */
  static List<OdeLikelihood.Node> nodes(NoiseSchedule schedule) {
    double from = -schedule.level(1).lambda();
    double to = -schedule.level(schedule.timesteps()).lambda();
    double spacing = (to - from) / NODES;
    List<OdeLikelihood.Node> nodes = new ArrayList<>();
    double next = from;
    for (int t = 1; t <= schedule.timesteps(); t++) {
      double s = -schedule.level(t).lambda();
      if (s >= next || t == schedule.timesteps()) {
        nodes.add(new OdeLikelihood.Node(t, s));
        next = s + spacing;
      }
    }
    return nodes;
  }
}
