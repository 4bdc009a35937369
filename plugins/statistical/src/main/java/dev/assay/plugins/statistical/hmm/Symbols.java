package dev.assay.plugins.statistical.hmm;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Steps of independent symbols, each place with a distribution of its own in each state. */
final class Symbols implements Emissions {
  private final int states;
  private final int width;
  private final int symbols;
  private final double smoothing;

  /** By state, place and symbol. */
  private final double[] probabilities;

  private final double[] logs;

  /** Uniform until set. */
  Symbols(int states, int width, int symbols, double smoothing) {
    this.states = states;
    this.width = width;
    this.symbols = symbols;
    this.smoothing = smoothing;
    probabilities = new double[states * width * symbols];
    logs = new double[probabilities.length];
    Arrays.fill(probabilities, 1.0 / symbols);
    takeLogarithms();
  }

  void set(double... values) {
    System.arraycopy(values, 0, probabilities, 0, values.length);
    takeLogarithms();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void start(List<float[]> sequences, RandomStream random) {
    double[] counts = new double[width * symbols];
    Arrays.fill(counts, 1);
    for (float[] sequence : sequences) {
      for (int i = 0; i < sequence.length; i++) {
        counts[i % width * symbols + symbol(sequence[i])]++;
      }
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = counts[i % counts.length] * (0.5 + random.nextDouble());
    }
    normalise();
  }

  private void normalise() {
    for (int from = 0; from < probabilities.length; from += symbols) {
      Chain.normalise(probabilities, from, symbols);
    }
    takeLogarithms();
  }

  private void takeLogarithms() {
    Arrays.setAll(logs, i -> Math.log(probabilities[i]));
  }

  private int symbol(float value) {
    int symbol = (int) value;
    if (symbol < 0 || symbol >= symbols || symbol != value) {
      throw new IllegalArgumentException(
          "value " + value + " is none of the symbols 0 to " + (symbols - 1));
    }
    return symbol;
  }

  @Override
  public void logProbabilities(float[] sequence, int step, double[] out, int at) {
    Arrays.fill(out, at, at + states, 0);
    for (int place = 0; place < width; place++) {
      int cell = place * symbols + symbol(sequence[step * width + place]);
      for (int k = 0; k < states; k++) {
        out[at + k] += logs[k * width * symbols + cell];
      }
    }
  }

  @Override
  public double[] zero() {
    return new double[probabilities.length];
  }

  @Override
  public void add(double[] statistics, float[] sequence, int step, double[] posterior, int at) {
    for (int place = 0; place < width; place++) {
      int cell = place * symbols + symbol(sequence[step * width + place]);
      for (int k = 0; k < states; k++) {
        statistics[k * width * symbols + cell] += posterior[at + k];
      }
    }
  }

  @Override
  public void maximise(double[] statistics) {
    Arrays.setAll(probabilities, i -> statistics[i] + smoothing);
    normalise();
  }

  @Override
  public void draw(int state, RandomStream random, float[] out, int at) {
    for (int place = 0; place < width; place++) {
      int from = (state * width + place) * symbols;
      out[at + place] = Categorical.draw(probabilities, from, symbols, random.nextDouble());
    }
  }

  @Override
  public void likeliest(int state, float[] out, int at) {
    for (int place = 0; place < width; place++) {
      int from = (state * width + place) * symbols;
      int best = 0;
      for (int symbol = 1; symbol < symbols; symbol++) {
        best = probabilities[from + symbol] > probabilities[from + best] ? symbol : best;
      }
      out[at + place] = best;
    }
  }

  @Override
  public long parameters() {
    return (long) states * width * (symbols - 1);
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("symbols", Shape.of(states, width, symbols), probabilities);
  }

  @Override
  public void restore(StateStore store) {
    set(store.doubles("symbols", Shape.of(states, width, symbols)));
  }
}
