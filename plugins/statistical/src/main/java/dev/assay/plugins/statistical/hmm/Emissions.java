package dev.assay.plugins.statistical.hmm;

import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import java.util.List;

/**
 * What each state says: p(step | state). A sequence is its steps one after another, each of {@link
 * #width} numbers.
 */
sealed interface Emissions permits Symbols, Gaussians {
  /** Numbers of a step. */
  int width();

  /** Sets a state's p(step | state) apart from all others', about what the data hold. */
  void start(List<float[]> sequences, RandomStream random);

  /** ln p(step | state) into {@code out} from {@code at}, for each state. */
  void logProbabilities(float[] sequence, int step, double[] out, int at);

  /** Sufficient statistics of nothing. */
  double[] zero();

  /** Adds one step, which belongs to state k by {@code posterior[at + k]}. */
  void add(double[] statistics, float[] sequence, int step, double[] posterior, int at);

  /** The M-step. */
  void maximise(double[] statistics);

  /** A step of a state, into {@code out} from {@code at}. */
  void draw(int state, RandomStream random, float[] out, int at);

  /** The likeliest step of a state, into {@code out} from {@code at}. */
  void likeliest(int state, float[] out, int at);

  /** Free numbers. */
  long parameters();

  void save(StateStore store);

  void restore(StateStore store);
}
