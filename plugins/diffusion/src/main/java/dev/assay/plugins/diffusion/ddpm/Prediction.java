package dev.assay.plugins.diffusion.ddpm;

import dev.assay.tensor.Tensor;

/** What the network is asked for, given x_t = α x₀ + σ ε. */
public enum Prediction {
  /** The noise ε. Ho et al. 2020, eq. 12. */
  EPSILON {
    @Override
    Tensor target(Tensor x0, Tensor epsilon, Tensor alpha, Tensor sigma) {
      return epsilon;
    }

    @Override
    Tensor clean(Tensor y, Tensor xt, Tensor alpha, Tensor sigma) {
      return xt.sub(sigma.mul(y)).div(alpha);
    }
  },
  /** The clean example x₀. */
  X0 {
    @Override
    Tensor target(Tensor x0, Tensor epsilon, Tensor alpha, Tensor sigma) {
      return x0;
    }

    @Override
    Tensor clean(Tensor y, Tensor xt, Tensor alpha, Tensor sigma) {
      return y;
    }
  },
  /** v = α ε − σ x₀. Salimans and Ho 2022, appendix D. */
  V {
    @Override
    Tensor target(Tensor x0, Tensor epsilon, Tensor alpha, Tensor sigma) {
      return alpha.mul(epsilon).sub(sigma.mul(x0));
    }

    @Override
    Tensor clean(Tensor y, Tensor xt, Tensor alpha, Tensor sigma) {
      return alpha.mul(xt).sub(sigma.mul(y));
    }
  };

  /** What a perfect network answers: all [rows, width] but α and σ [rows, 1]. */
  abstract Tensor target(Tensor x0, Tensor epsilon, Tensor alpha, Tensor sigma);

  /** x̂₀ that the answer y stands for. */
  abstract Tensor clean(Tensor y, Tensor xt, Tensor alpha, Tensor sigma);
}
