package dev.assay.plugins.diffusion.flowmatching;

import dev.assay.plugins.diffusion.Denoiser;
import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.plugins.diffusion.Level;
import dev.assay.plugins.diffusion.OdeLikelihood;
import dev.assay.plugins.diffusion.Update;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * x_t = (1 − t) ε + t x₁ from noise at t = 0 to data at t = 1: the optimal-transport path of Lipman
 * et al. 2023, eq. 20 to 22, with σ_min = 0. Its velocity is x₁ − ε.
 */
final class StraightPath {
  private static final int LIKELIHOOD_STEPS = 100;

  private StraightPath() {}

  /** Mean square of what the network misses of the velocity, per component: eq. 23. */
  static Tensor loss(Tensor x1, DenoiserTraining.Network network, Draws draws) {
    Tensor t = draws.child("t").uniform(Shape.of(x1.dim(0)));
    Tensor column = t.reshape(x1.dim(0), 1);
    Tensor noise = draws.child("epsilon").normal(x1.shape());
    Tensor velocity = x1.sub(noise);
    Tensor xt = noise.add(column.mul(velocity));
    return network.apply(xt, t.mul(Denoiser.TIME_SPAN)).sub(velocity).square().mean();
  }

  /** Euler's method: x ← x + h v. */
  static List<Update> euler(int steps) {
    List<Update> updates = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      updates.add(new Update(time((double) i / steps), 1, 1.0 / steps, 0, 0));
    }
    return updates;
  }

  /** Heun's method: to x + h v(x, t), from there to x + h/2 (v(x, t) + v(x + h v, t + h)). */
  static List<Update> heun(int steps) {
    double h = 1.0 / steps;
    List<Update> updates = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      updates.add(new Update(time((double) i / steps), 1, h, 0, 0));
      updates.add(new Update(time((i + 1.0) / steps), 1, h / 2, -h / 2, 0));
    }
    return updates;
  }

  /** How noisy x is after 0, 1, … steps. */
  static List<Level> levels(int steps) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i <= steps; i++) {
      double t = (double) i / steps;
      levels.add(new Level(time(t), t, 1 - t));
    }
    return levels;
  }

  /** From data to noise. */
  static List<OdeLikelihood.Node> backward() {
    List<OdeLikelihood.Node> nodes = new ArrayList<>();
    for (int i = LIKELIHOOD_STEPS; i >= 0; i--) {
      double t = (double) i / LIKELIHOOD_STEPS;
      nodes.add(new OdeLikelihood.Node(time(t), t));
    }
    return nodes;
  }

  /** What the network is told. */
  private static double time(double t) {
    return t * Denoiser.TIME_SPAN;
  }
}
