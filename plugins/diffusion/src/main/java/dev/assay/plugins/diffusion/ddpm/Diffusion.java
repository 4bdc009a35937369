package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.Denoiser;
import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Tensor;

/** What training, sampling and scoring have in common: all that is not the network. */
record Diffusion(NoiseSchedule schedule, Prediction prediction, Decoder decoder) {
  /** t, whole numbers from 1 to T → the time that the network is told. */
  Tensor time(Tensor t) {
    return t.mul(Denoiser.TIME_SPAN / schedule.timesteps());
  }

  /** x_t = √ᾱ_t x₀ + √(1 − ᾱ_t) ε. Ho et al. 2020, eq. 4. */
  Tensor noisy(Tensor x0, Tensor epsilon, Tensor t) {
    return schedule.alpha(t).mul(x0).add(schedule.sigma(t).mul(epsilon));
  }

  /** x̂₀ that the network's answer y to x_t stands for. */
  Tensor clean(Tensor y, Tensor xt, Tensor t) {
    return prediction.clean(y, xt, schedule.alpha(t), schedule.sigma(t));
  }

  /**
   * Mean square of what the prediction misses, per component, at uniform t: for ε, eq. 14 of Ho et
   * al. 2020 over the number of components.
   */
  Tensor simpleLoss(Tensor x0, DenoiserTraining.Network network, Draws draws) {
    Tensor t = times(x0, draws);
    Tensor epsilon = draws.child("epsilon").normal(x0.shape());
    Tensor target = prediction.target(x0, epsilon, schedule.alpha(t), schedule.sigma(t));
    return network.apply(noisy(x0, epsilon, t), time(t)).sub(target).square().mean();
  }

  /**
   * The bound on −ln p(x₀) in nats (Ho et al. 2020, eq. 5), T times a term at uniform t; without
   * L_T, which is not trained.
   */
  Tensor boundLoss(Tensor x0, DenoiserTraining.Network network, Draws draws) {
    Tensor t = times(x0, draws);
    Tensor xt = noisy(x0, draws.child("epsilon").normal(x0.shape()), t);
    Tensor clean = clean(network.apply(xt, time(t)), xt, t);
    Tensor first = t.less(Tensor.scalar(1.5f));
    Tensor column = first.reshape(t.dim(0), 1);
    Tensor term =
        first.where(reconstruction(x0, column.where(clean, x0)), divergence(x0, clean, t));
    return term.mean().mul(schedule.timesteps());
  }

  /**
   * L_{t−1} = KL(q(x_{t−1} | x_t, x₀) ‖ p(x_{t−1} | x_t)) in nats, with the variance of q in both;
   * 0 at t = 1. Ho et al. 2020, eq. 8.
   */
  Tensor divergence(Tensor x0, Tensor clean, Tensor t) {
    return schedule.divergenceWeight(t).mul(x0.sub(clean).square().sum(-1));
  }

  /** L_0 = −ln p(x₀ | x₁) in nats, of variance β₁. Ho et al. 2020, §3.3. */
  Tensor reconstruction(Tensor x0, Tensor clean) {
    return decoder.logProbability(x0, clean, Math.sqrt(schedule.beta(1))).neg();
  }

  /** Uniform on 1 … T: [rows]. */
  private Tensor times(Tensor x0, Draws draws) {
    int timesteps = schedule.timesteps();
    return draws
        .child("t")
        .uniform(x0.shape().without(-1))
        .mul(timesteps)
        .floor()
        .min(timesteps - 1)
        .add(1);
  }
}
