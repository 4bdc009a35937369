package dev.assay.plugins.diffusion.ddpm;

import dev.assay.spi.Param;

/** How samples are drawn from a trained diffusion model. */
public record DdpmSampler(
    @Param(
            doc = "ancestral, ddim, or dpm_solver_pp, which is DPM-Solver++(2M).",
            value = "ancestral")
        Kind kind,
    @Param(
            doc = "Evaluations of the network for a sample; 0, or more than T, for T.",
            value = "100",
            min = 0,
            max = 10000)
        int steps,
    @Param(
            doc = "Timesteps evenly in time, or in the logarithm of the signal-to-noise ratio.",
            value = "snr")
        NoiseSchedule.Spacing spacing,
    @Param(doc = "ddim: η, from 0 (deterministic) to 1 (ancestral).", value = "0", min = 0, max = 1)
        double eta,
    @Param(
            doc = "With conditional: s of u + s (c − u); 0 leaves labels aside, 1 is p(x | label).",
            value = "1",
            min = 0,
            max = 100)
        double guidance,
    @Param(
            doc = "Completions: how often each step is gone, so that both parts may agree.",
            value = "4",
            min = 1,
            max = 1000)
        int resampling) {
  /** Samplers by the names of the configuration. */
  public enum Kind {
    ANCESTRAL,
    DDIM,
    DPM_SOLVER_PP
  }

  /**
   * @throws IllegalArgumentException if η is given to a sampler that has none
   */
  public DdpmSampler {
    if (eta != 0 && kind != Kind.DDIM) {
      throw new IllegalArgumentException("'eta' is " + eta + ", but only ddim has an eta");
    }
  }

  Solver solver() {
    return switch (kind) {
      case ANCESTRAL -> new Solver.Ancestral();
      case DDIM -> new Solver.Ddim(eta);
      case DPM_SOLVER_PP -> new Solver.DpmSolverPlusPlus();
    };
  }
}
