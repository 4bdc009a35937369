package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.Level;
import dev.assay.plugins.diffusion.Update;
import java.util.ArrayList;
import java.util.List;

/** A way from noise to data, by updates whose prediction is x̂₀. Knows nothing of the network. */
sealed interface Solver {
  /**
   * @param levels from the noisiest on, at least two; the last may be {@link NoiseSchedule#CLEAN}
   * @return one update fewer than levels
   */
  List<Update> updates(List<Level> levels);

  /**
   * Draws x_s from q(x_s | x_t, x̂₀), its variance included. Ho et al. 2020, algorithm 2 with eq.
   * 7; for any s &lt; t.
   */
  record Ancestral() implements Solver {
    @Override
    public List<Update> updates(List<Level> levels) {
      List<Update> updates = new ArrayList<>();
      for (int i = 0; i + 1 < levels.size(); i++) {
        Posterior q = Posterior.of(levels.get(i), levels.get(i + 1));
        updates.add(new Update(levels.get(i).time(), q.xt(), q.x0(), 0, Math.sqrt(q.variance())));
      }
      return updates;
    }
  }

  /**
   * The processes of equal marginals with less noise, down to none. Song et al. 2021, eq. 12 and
   * 16.
   *
   * @param eta η: 0 is deterministic, 1 ancestral
   */
  record Ddim(double eta) implements Solver {
    @Override
    public List<Update> updates(List<Level> levels) {
      List<Update> updates = new ArrayList<>();
      for (int i = 0; i + 1 < levels.size(); i++) {
        Level t = levels.get(i);
        Level s = levels.get(i + 1);
        double step = square(t.alpha() / s.alpha());
        double noise = eta * s.sigma() / t.sigma() * Math.sqrt(1 - step);
        double direction = Math.sqrt(Math.max(0, square(s.sigma()) - square(noise)));
        // ε̂ = (x_t − α_t x̂₀) / σ_t
        double x = direction / t.sigma();
        updates.add(new Update(t.time(), x, s.alpha() - x * t.alpha(), 0, noise));
      }
      return updates;
    }

    private static double square(double a) {
      return a * a;
    }
  }

  /**
   * DPM-Solver++(2M): the probability flow in λ, x̂₀ extrapolated from the last two evaluations. Lu
   * et al. 2022, algorithm 2. The first update is of first order, and so is one to no noise, where
   * λ is infinite.
   */
  record DpmSolverPlusPlus() implements Solver {
    @Override
    public List<Update> updates(List<Level> levels) {
      List<Update> updates = new ArrayList<>();
      for (int i = 0; i + 1 < levels.size(); i++) {
        Level s = levels.get(i);
        Level t = levels.get(i + 1);
        // α_t (1 − e^−h), h = λ_t − λ_s
        double weight = t.alpha() - s.alpha() * t.sigma() / s.sigma();
        double extrapolation = 0;
        if (i > 0 && t.sigma() > 0) {
          double h = t.lambda() - s.lambda();
          extrapolation = h / (2 * (s.lambda() - levels.get(i - 1).lambda()));
        }
        updates.add(
            new Update(
                s.time(),
                t.sigma() / s.sigma(),
                weight * (1 + extrapolation),
                -weight * extrapolation,
                0));
      }
      return updates;
    }
  }
}
