package dev.assay.plugins.statistical.hmm;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.plugins.statistical.Workers;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.function.Predicate;

/** p(x) = Σ over paths of π Π a Π b, and one sweep of Baum-Welch on it. */
final class HiddenMarkov {
  private static final int MOST_PARTS = 32;
  private static final int SMALLEST_PART = 16;

  private final int states;
  private final double smoothing;
  private final Emissions emissions;
  private Chain chain;

  HiddenMarkov(int states, double smoothing, Emissions emissions, RandomStream random) {
    this.states = states;
    this.smoothing = smoothing;
    this.emissions = emissions;
    chain = Chain.random(states, random.child("transitions"));
  }

  /** What one part of the sequences adds up to. */
  private record Sums(Chain.Counts counts, double[] statistics) {}

  /**
   * One sweep: posteriors under the present parameters, then new parameters.
   *
   * @return −ln p of each sequence before the update, in nats
   */
  double[] sweep(List<float[]> sequences, Workers workers) {
    double[] nats = new double[sequences.size()];
    int parts = Math.clamp(nats.length / SMALLEST_PART, 1, MOST_PARTS);
    Sums[] sums = new Sums[parts];
    workers.forEach(
        parts,
        part -> {
          sums[part] = new Sums(Chain.Counts.zero(states), emissions.zero());
          int to = (int) ((long) nats.length * (part + 1) / parts);
          for (int i = (int) ((long) nats.length * part / parts); i < to; i++) {
            nats[i] = expect(sequences.get(i), sums[part]);
          }
        });
    for (int part = 1; part < parts; part++) {
      sums[0].counts.add(sums[part].counts);
      for (int i = 0; i < sums[0].statistics.length; i++) {
        sums[0].statistics[i] += sums[part].statistics[i];
      }
    }
    chain = sums[0].counts.chain(smoothing);
    emissions.maximise(sums[0].statistics);
    return nats;
  }

  private double expect(float[] sequence, Sums sums) {
    double[] posteriors = logEmissions(sequence);
    double nats = chain.expect(posteriors, sums.counts);
    for (int step = 0; step < posteriors.length / states; step++) {
      emissions.add(sums.statistics, sequence, step, posteriors, step * states);
    }
    return nats;
  }

  private double[] logEmissions(float[] sequence) {
    int steps = sequence.length / emissions.width();
    double[] logs = new double[steps * states];
    for (int step = 0; step < steps; step++) {
      emissions.logProbabilities(sequence, step, logs, step * states);
    }
    return logs;
  }

  /** −ln p of a sequence, in nats. */
  double nats(float[] sequence) {
    Chain.Filter filter = chain.new Filter();
    double[] logs = new double[states];
    double nats = 0;
    for (int step = 0; step < sequence.length / emissions.width(); step++) {
      emissions.logProbabilities(sequence, step, logs, 0);
      nats += filter.nats(logs);
    }
    return nats;
  }

  /** The most likely states of a sequence, by step. */
  int[] viterbi(float[] sequence) {
    return chain.viterbi(logEmissions(sequence));
  }

  /**
   * Draws steps into {@code out} from {@code from}, until it is full or one is the last.
   *
   * @param last of the first number of a step
   * @return numbers drawn
   */
  int draw(RandomStream random, float[] out, int from, int to, Predicate<Float> last) {
    int state = Categorical.draw(chain.start(), random.nextDouble());
    for (int at = from; at < to; at += emissions.width()) {
      emissions.draw(state, random, out, at);
      if (last.test(out[at])) {
        return at + emissions.width() - from;
      }
      state = Categorical.draw(chain.transitions(), state * states, states, random.nextDouble());
    }
    return to - from;
  }

  long parameters() {
    return (states - 1L) * (states + 1L) + emissions.parameters();
  }

  void save(StateStore store) {
    store.putDoubles("start", Shape.of(states), chain.start());
    store.putDoubles("transitions", Shape.of(states, states), chain.transitions());
    emissions.save(store);
  }

  void restore(StateStore store) {
    chain =
        new Chain(
            store.doubles("start", Shape.of(states)),
            store.doubles("transitions", Shape.of(states, states)));
    emissions.restore(store);
  }
}
