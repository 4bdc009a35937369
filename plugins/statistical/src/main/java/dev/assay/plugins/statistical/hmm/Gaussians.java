package dev.assay.plugins.statistical.hmm;

import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Steps of one real number, N(μ, σ²) in each state. */
final class Gaussians implements Emissions {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int states;
  private final double floor;
  private final double[] means;
  private final double[] variances;
  private double spread = 1;

  /**
   * Standard normals, until set.
   *
   * @param floor added to each variance, in units of the variance of all numbers
   */
  Gaussians(int states, double floor) {
    this.states = states;
    this.floor = floor;
    means = new double[states];
    variances = new double[states];
    Arrays.fill(variances, 1);
  }

  @Override
  public int width() {
    return 1;
  }

  /** Means at the quantiles of all numbers, and for each state the variance of all numbers. */
  @Override
  public void start(List<float[]> sequences, RandomStream random) {
    double[] all =
        sequences.stream()
            .flatMapToDouble(sequence -> {
              double[] values = new double[sequence.length];
              Arrays.setAll(values, i -> sequence[i]);
              return Arrays.stream(values);
            })
            .sorted()
            .toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    double variance = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    spread = Math.max(variance, Float.MIN_NORMAL);
    Arrays.setAll(means, k -> all[(int) ((2L * k + 1) * all.length / (2L * states))]);
    Arrays.fill(variances, spread);
  }

  @Override
  public void logProbabilities(float[] sequence, int step, double[] out, int at) {
    for (int k = 0; k < states; k++) {
      double offset = sequence[step] - means[k];
      out[at + k] = -0.5 * (LOG_TWO_PI + Math.log(variances[k]) + offset * offset / variances[k]);
    }
  }

  /** Σ γ, Σ γ x and Σ γ x² by state, x taken from the state's mean before the step. */
  @Override
  public double[] zero() {
    return new double[3 * states];
  }

  @Override
  public void add(double[] statistics, float[] sequence, int step, double[] posterior, int at) {
    for (int k = 0; k < states; k++) {
      double offset = sequence[step] - means[k];
      double weight = posterior[at + k];
      statistics[3 * k] += weight;
      statistics[3 * k + 1] += weight * offset;
      statistics[3 * k + 2] += weight * offset * offset;
    }
  }

  @Override
  public void maximise(double[] statistics) {
    for (int k = 0; k < states; k++) {
      double weight = statistics[3 * k];
      if (weight > 0) {
        double shift = statistics[3 * k + 1] / weight;
        means[k] += shift;
        double variance = statistics[3 * k + 2] / weight - shift * shift;
        variances[k] = Math.max(0, variance) + floor * spread;
      }
    }
  }

  @Override
  public void draw(int state, RandomStream random, float[] out, int at) {
    out[at] = (float) (means[state] + Math.sqrt(variances[state]) * random.nextGaussian());
  }

  @Override
  public void likeliest(int state, float[] out, int at) {
    out[at] = (float) means[state];
  }

  @Override
  public long parameters() {
    return 2L * states;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("means", Shape.of(states), means);
    store.putDoubles("variances", Shape.of(states), variances);
    store.putDoubles("spread", Shape.SCALAR, new double[] {spread});
  }

  @Override
  public void restore(StateStore store) {
    System.arraycopy(store.doubles("means", Shape.of(states)), 0, means, 0, states);
    System.arraycopy(store.doubles("variances", Shape.of(states)), 0, variances, 0, states);
    spread = store.doubles("spread", Shape.SCALAR)[0];
  }
}
