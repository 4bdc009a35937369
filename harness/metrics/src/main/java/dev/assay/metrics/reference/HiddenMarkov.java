package dev.assay.metrics.reference;

import dev.assay.metrics.likelihood.Weights;

/**
 * A hidden Markov model of discrete observations (Rabiner 1989), in logarithms throughout.
 *
 * @param start [states]
 * @param transition [states, states], rows summing to 1
 * @param emission [states, symbols], rows summing to 1
 */
public record HiddenMarkov(double[] start, double[][] transition, double[][] emission) {
  /**
   * A most probable path; of equally probable ones that with the smallest states at its end.
   *
   * @param logProbability joint with the observations
   */
  public record Path(int[] states, double logProbability) {}

  /** ln p of the observations. */
  public double logLikelihood(int[] observations) {
    return Weights.logSum(forward(observations)[observations.length - 1]);
  }

  /** p of each state at each time, given all observations: [time, states]. */
  public double[][] posterior(int[] observations) {
    int n = observations.length;
    int states = start.length;
    double[][] forward = forward(observations);
    double total = Weights.logSum(forward[n - 1]);
    double[] backward = new double[states];
    double[][] posterior = new double[n][states];
    for (int t = n - 1; t >= 0; t--) {
      for (int s = 0; s < states; s++) {
        posterior[t][s] = Math.exp(forward[t][s] + backward[s] - total);
      }
      if (t > 0) {
        backward = before(backward, observations[t]);
      }
    }
    return posterior;
  }

  /** ln Σ over next states of transition, emission and what follows. */
  private double[] before(double[] backward, int observation) {
    double[] before = new double[start.length];
    for (int s = 0; s < before.length; s++) {
      double[] terms = new double[before.length];
      for (int next = 0; next < terms.length; next++) {
        terms[next] = Math.log(transition[s][next] * emission[next][observation]) + backward[next];
      }
      before[s] = Weights.logSum(terms);
    }
    return before;
  }

  private double[][] forward(int[] observations) {
    int states = start.length;
    double[][] forward = new double[observations.length][states];
    for (int t = 0; t < observations.length; t++) {
      for (int s = 0; s < states; s++) {
        double reached = Math.log(start[s]);
        if (t > 0) {
          double[] terms = new double[states];
          for (int from = 0; from < states; from++) {
            terms[from] = forward[t - 1][from] + Math.log(transition[from][s]);
          }
          reached = Weights.logSum(terms);
        }
        forward[t][s] = reached + Math.log(emission[s][observations[t]]);
      }
    }
    return forward;
  }

  /** The most probable path (Viterbi 1967). */
  public Path viterbi(int[] observations) {
    int n = observations.length;
    int states = start.length;
    double[] best = new double[states];
    int[][] from = new int[n][states];
    for (int t = 0; t < n; t++) {
      double[] reached = new double[states];
      for (int s = 0; s < states; s++) {
        if (t == 0) {
          reached[s] = Math.log(start[s]);
        } else {
          double[] through = new double[states];
          for (int p = 0; p < states; p++) {
            through[p] = best[p] + Math.log(transition[p][s]);
          }
          from[t][s] = largest(through);
          reached[s] = through[from[t][s]];
        }
        reached[s] += Math.log(emission[s][observations[t]]);
      }
      best = reached;
    }
    int[] path = new int[n];
    path[n - 1] = largest(best);
    for (int t = n - 1; t > 0; t--) {
      path[t - 1] = from[t][path[t]];
    }
    return new Path(path, best[path[n - 1]]);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
