package dev.assay.metrics.likelihood;

import dev.assay.spi.LatentLikelihood.Slope;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Annealed importance sampling from N(0, I) to the posterior of a code (Neal 2001; Wu et al. 2017):
 * each chain passes p(z) p(x | z)^β for β from 0 to 1, and moves at each by Hamiltonian Monte
 * Carlo. The mean of the weights is p(x) on average, so that the logarithm of it is a lower bound
 * on average.
 *
 * @param chains independent ones
 * @param latent numbers in a code
 * @param temperatures steps of β, at least 1
 */
public record Annealing(int chains, int latent, int temperatures) {
  private static final int LEAPS = 4;

  /** Step sizes are drawn anew for each move, whatever the state, so that moves stay exact. */
  private static final double SMALLEST_STEP = 0.02;

  private static final double LARGEST_STEP = 1;

  /** How much of the schedule lies near 0 and near 1. */
  private static final double STEEPNESS = 4;

  /** Where chains are: values and gradients are those of ln p(x | z). */
  private record State(float[] z, Slope slope) {}

  /**
   * ln weight of each chain.
   *
   * @param likelihood ln p(x | z) of codes [chains, latent], each chain's x its own
   * @param random chain i draws from {@code random.child(i)}
   */
  public double[] logWeights(Function<float[], Slope> likelihood, RandomStream random) {
    RandomStream[] streams = new RandomStream[chains];
    Arrays.setAll(streams, random::child);
    float[] start = new float[chains * latent];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) streams[i / latent].nextGaussian();
    }
    State state = new State(start, likelihood.apply(start));
    double[] betas = new double[temperatures + 1];
    Arrays.setAll(betas, this::beta);
    double[][] gains = new double[chains][temperatures];
    for (int k = 0; k < temperatures; k++) {
      if (k > 0) {
        state = move(state, betas[k], likelihood, streams);
      }
      for (int i = 0; i < chains; i++) {
        gains[i][k] = state.slope().values()[i];
      }
    }
    return Arrays.stream(gains).mapToDouble(own -> Weights.annealed(betas, own)).toArray();
  }

  /** The sigmoid schedule of Wu et al. 2017: 0 at 0, 1 at the last. */
  private double beta(int k) {
    double low = sigmoid(-STEEPNESS);
    double here = sigmoid(STEEPNESS * (2.0 * k / temperatures - 1));
    return (here - low) / (sigmoid(STEEPNESS) - low);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** One move of every chain that keeps p(z) p(x | z)^β (Neal 2011, §3.2). */
  private State move(
      State from, double beta, Function<float[], Slope> likelihood, RandomStream[] streams) {
    float[] z = from.z().clone();
    double[] momentum = new double[z.length];
    double[] step = new double[chains];
    for (int i = 0; i < chains; i++) {
      step[i] = SMALLEST_STEP * Math.pow(LARGEST_STEP / SMALLEST_STEP, streams[i].nextDouble());
      for (int c = i * latent; c < (i + 1) * latent; c++) {
        momentum[c] = streams[i].nextGaussian();
      }
    }
    double[] before = energies(z, from.slope(), momentum, beta);
    Slope slope = from.slope();
    for (int leap = 0; leap < LEAPS; leap++) {
      kick(momentum, z, slope, beta, step);
      for (int c = 0; c < z.length; c++) {
        z[c] += (float) (step[c / latent] * momentum[c]);
      }
      slope = likelihood.apply(z);
      kick(momentum, z, slope, beta, step);
    }
    double[] after = energies(z, slope, momentum, beta);
    double[] values = slope.values().clone();
    float[] gradients = slope.gradients().clone();
    for (int i = 0; i < chains; i++) {
      // A step that went astray has an energy that is no number, and is refused.
      if (!(Math.log(streams[i].nextDouble()) < before[i] - after[i])) {
        values[i] = from.slope().values()[i];
        System.arraycopy(from.z(), i * latent, z, i * latent, latent);
        System.arraycopy(from.slope().gradients(), i * latent, gradients, i * latent, latent);
      }
    }
    return new State(z, new Slope(values, gradients));
  }

  /** Half a step of momentum down the gradient of |z|²/2 − β ln p(x | z). */
  private void kick(double[] momentum, float[] z, Slope slope, double beta, double[] step) {
    for (int c = 0; c < z.length; c++) {
      momentum[c] -= step[c / latent] / 2 * (z[c] - beta * slope.gradients()[c]);
    }
  }

  private double[] energies(float[] z, Slope slope, double[] momentum, double beta) {
    double[] energies = new double[chains];
    for (int i = 0; i < chains; i++) {
      energies[i] = -beta * slope.values()[i];
      for (int c = i * latent; c < (i + 1) * latent; c++) {
        energies[i] += (z[c] * z[c] + momentum[c] * momentum[c]) / 2;
      }
    }
    return energies;
  }
}
