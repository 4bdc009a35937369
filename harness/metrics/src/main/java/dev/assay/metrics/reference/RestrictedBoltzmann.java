package dev.assay.metrics.reference;

import dev.assay.metrics.likelihood.Units;
import dev.assay.metrics.likelihood.Weights;

/**
 * A binary restricted Boltzmann machine, E = −vᵀb − hᵀc − vᵀWh (Smolensky 1986), small enough to
 * sum over all states, so that estimates of its partition function can be held against it.
 *
 * @param weights W [visible, hidden]
 * @param visibleBias b [visible]
 * @param hiddenBias c [hidden]
 */
public record RestrictedBoltzmann(double[][] weights, double[] visibleBias, double[] hiddenBias) {
  private static final int MOST = 24;

  public RestrictedBoltzmann {
    if (visibleBias.length > MOST) {
      throw new IllegalArgumentException(
          "%d visible units; all states of at most %d can be summed"
              .formatted(visibleBias.length, MOST));
    }
  }

  /** −vᵀb − Σ ln(1 + exp(c + Wᵀv)). */
  public double freeEnergy(double[] visible) {
    double energy = 0;
    for (int i = 0; i < visible.length; i++) {
      energy -= visible[i] * visibleBias[i];
    }
    for (int j = 0; j < hiddenBias.length; j++) {
      double input = hiddenBias[j];
      for (int i = 0; i < visible.length; i++) {
        input += visible[i] * weights[i][j];
      }
      energy -= Units.softplus(input);
    }
    return energy;
  }

  /** ln Z, by summing over all visible states. */
  public double logPartition() {
    int n = visibleBias.length;
    double[] terms = new double[1 << n];
    for (int state = 0; state < terms.length; state++) {
      double[] visible = new double[n];
      for (int i = 0; i < n; i++) {
        visible[i] = state >> i & 1;
      }
      terms[state] = -freeEnergy(visible);
    }
    return Weights.logSum(terms);
  }

  /** ln p of a visible state, given ln Z. */
  public double logProbability(double[] visible, double logPartition) {
    return -freeEnergy(visible) - logPartition;
  }
}
