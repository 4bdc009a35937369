package dev.assay.plugins.statistical.hmm;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Markov chain of hidden states. Methods take what the states say of a sequence: ln b, by step
 * and state [steps, states].
 *
 * @param start π [states]
 * @param transitions a [states, states], from row to column
 */
record Chain(double[] start, double[] transitions) {
  int states() {
    return start.length;
  }

  /** Rows near uniform, each with a random part, so that no two states are alike. */
  static Chain random(int states, RandomStream random) {
    double[] start = new double[states];
    double[] transitions = new double[states * states];
    Arrays.fill(start, 1.0 / states);
    Arrays.setAll(transitions, i -> 1 + random.nextDouble());
    for (int row = 0; row < transitions.length; row += states) {
      normalise(transitions, row, states);
    }
    return new Chain(start, transitions);
  }

  /** Divides {@code size} numbers by their sum, and returns it. */
  static double normalise(double[] values, int from, int size) {
    double sum = 0;
    for (int k = from; k < from + size; k++) {
      sum += values[k];
    }
    for (int k = from; k < from + size; k++) {
      values[k] /= sum;
    }
    return sum;
  }

  /**
   * Expected counts of one or more sequences.
   *
   * @param start of states at first steps
   * @param transitions of pairs of states at neighbouring steps
   */
  record Counts(double[] start, double[] transitions) {
    static Counts zero(int states) {
      return new Counts(new double[states], new double[states * states]);
    }

    void add(Counts other) {
      Arrays.setAll(start, k -> start[k] + other.start[k]);
      Arrays.setAll(transitions, k -> transitions[k] + other.transitions[k]);
    }

    /** The chain of these counts and a pseudo-count of each. */
    Chain chain(double smoothing) {
      int states = start.length;
      double[] first = Arrays.stream(start).map(count -> count + smoothing).toArray();
      normalise(first, 0, states);
      double[] next = Arrays.stream(transitions).map(count -> count + smoothing).toArray();
      for (int row = 0; row < next.length; row += states) {
        normalise(next, row, states);
      }
      return new Chain(first, next);
    }
  }

  /** The filter p(state | steps so far), one step at a time. */
  final class Filter {
    private final double[] belief = new double[states()];
    private final double[] predicted = new double[states()];
    private boolean started;

    /** Takes one step's ln b [states]; returns −ln p(step | steps before it), in nats. */
    double nats(double[] logEmissions) {
      predict(started ? belief : null, predicted);
      started = true;
      double max = Arrays.stream(logEmissions).max().orElseThrow();
      for (int k = 0; k < belief.length; k++) {
        belief[k] = predicted[k] * Math.exp(logEmissions[k] - max);
      }
      return -max - Math.log(normalise(belief, 0, belief.length));
    }
  }

  private void predict(double @Nullable [] belief, double[] out) {
    if (belief == null) {
      System.arraycopy(start, 0, out, 0, out.length);
      return;
    }
    Arrays.fill(out, 0);
    for (int j = 0; j < belief.length; j++) {
      for (int k = 0; k < out.length; k++) {
        out[k] += belief[j] * transitions[j * out.length + k];
      }
    }
  }

  /**
   * The scaled forward and backward passes. Rabiner 1989, eqs. 91 to 94, 27 and 37.
   *
   * @param logEmissions ln b; overwritten by the posterior p(state | sequence) of each step
   * @param counts what is expected of the sequence is added to them
   * @return −ln p of the sequence, in nats
   */
  double expect(double[] logEmissions, Counts counts) {
    int states = states();
    int steps = logEmissions.length / states;
    double[] emissions = new double[logEmissions.length];
    double[] forward = new double[logEmissions.length];
    double[] scales = new double[steps];
    double[] predicted = new double[states];
    double nats = 0;
    for (int t = 0; t < steps; t++) {
      int row = t * states;
      predict(t == 0 ? null : Arrays.copyOfRange(forward, row - states, row), predicted);
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < states; k++) {
        max = Math.max(max, logEmissions[row + k]);
      }
      for (int k = 0; k < states; k++) {
        emissions[row + k] = Math.exp(logEmissions[row + k] - max);
        forward[row + k] = predicted[k] * emissions[row + k];
      }
      scales[t] = normalise(forward, row, states);
      nats -= max + Math.log(scales[t]);
    }
    backward(emissions, forward, scales, counts, logEmissions);
    for (int k = 0; k < states && steps > 0; k++) {
      counts.start[k] += logEmissions[k];
    }
    return nats;
  }

  /** Sets the posteriors, and adds the expected transitions. */
  private void backward(
      double[] emissions, double[] forward, double[] scales, Counts counts, double[] posteriors) {
    int states = states();
    double[] backward = new double[states];
    double[] seen = new double[states];
    Arrays.fill(backward, 1);
    for (int t = scales.length - 1; t >= 0; t--) {
      int row = t * states;
      for (int k = 0; k < states; k++) {
        posteriors[row + k] = forward[row + k] * backward[k];
        seen[k] = emissions[row + k] * backward[k] / scales[t];
      }
      if (t > 0) {
        for (int j = 0; j < states; j++) {
          double before = forward[row - states + j];
          double sum = 0;
          for (int k = 0; k < states; k++) {
            double joint = transitions[j * states + k] * seen[k];
            sum += joint;
            counts.transitions[j * states + k] += before * joint;
          }
          backward[j] = sum;
        }
      }
    }
  }

  /** The most likely path; of equal ones that through the lowest states. Eqs. 104 and 105. */
  int[] viterbi(double[] logEmissions) {
    int states = states();
    int steps = logEmissions.length / states;
    double[] best = new double[states];
    int[] from = new int[logEmissions.length];
    for (int t = 0; t < steps; t++) {
      double[] next = new double[states];
      for (int k = 0; k < states; k++) {
        double most = t == 0 ? Math.log(start[k]) : Double.NEGATIVE_INFINITY;
        for (int j = 0; t > 0 && j < states; j++) {
          double through = best[j] + Math.log(transitions[j * states + k]);
          if (through > most) {
            most = through;
            from[t * states + k] = j;
          }
        }
        next[k] = most + logEmissions[t * states + k];
      }
      best = next;
    }
    int[] path = new int[steps];
    for (int k = 1; k < states && steps > 0; k++) {
      path[steps - 1] = best[k] > best[path[steps - 1]] ? k : path[steps - 1];
    }
    for (int t = steps - 1; t > 0; t--) {
      path[t - 1] = from[t * states + path[t]];
    }
    return path;
  }
}
