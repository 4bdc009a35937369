package dev.assay.plugins.gan.game;

import dev.assay.tensor.Tensor;

/** What the players make smaller, from the critic's numbers for real and generated examples [n]. */
public enum Loss {
  /**
   * The logistic game, D = σ(logit), with the generator's loss that does not saturate. Goodfellow
   * et al. 2014, eq. 1 and §3.
   */
  NON_SATURATING {
    /** −E ln D(x) − E ln(1 − D(G(z))). */
    @Override
    public Tensor critic(Tensor real, Tensor fake) {
      return real.neg().softplus().mean().add(fake.softplus().mean());
    }

    /** −E ln D(G(z)). */
    @Override
    public Tensor generator(Tensor fake) {
      return fake.neg().softplus().mean();
    }
  },
  /**
   * Kantorovich and Rubinstein's dual of the earth mover's distance. Arjovsky et al. 2017, eq. 2.
   */
  WASSERSTEIN {
    /** E f(G(z)) − E f(x): minus the distance, for the best f of slope 1. */
    @Override
    public Tensor critic(Tensor real, Tensor fake) {
      return fake.mean().sub(real.mean());
    }

    /** −E f(G(z)). */
    @Override
    public Tensor generator(Tensor fake) {
      return fake.mean().neg();
    }
  },
  /** Lim and Ye 2017; Miyato et al. 2018, eqs. 16 and 17. */
  HINGE {
    /** E max(0, 1 − D(x)) + E max(0, 1 + D(G(z))). */
    @Override
    public Tensor critic(Tensor real, Tensor fake) {
      return real.neg().add(1).max(0).mean().add(fake.add(1).max(0).mean());
    }

    /** −E D(G(z)). */
    @Override
    public Tensor generator(Tensor fake) {
      return fake.mean().neg();
    }
  };

  /** The critic's loss: a scalar. */
  public abstract Tensor critic(Tensor real, Tensor fake);

  /** The generator's loss: a scalar. */
  public abstract Tensor generator(Tensor fake);
}
