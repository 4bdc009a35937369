package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.plugins.statistical.Workers;
import dev.assay.plugins.statistical.linear.PointBlock;
import dev.assay.spi.StateStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** p(x) = Σ πₖ N(x; μₖ, Σₖ), and one sweep of expectation-maximisation on it. */
final class Mixture {
  /** Blocks of points that one task scores. */
  private static final int BLOCKS = 4;

  private final int columns;
  private final Components components;
  private final double[] weights;

  Mixture(int count, int columns, Components components) {
    this.columns = columns;
    this.components = components;
    weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
  }

  double[] weights() {
    return weights;
  }

  Components components() {
    return components;
  }

  /**
   * The E-step: −ln p of each point, in nats.
   *
   * @param data points [n, columns]
   * @param responsibilities set to p(k | x) by component and point, unless null
   */
  double[] nats(float[] data, double @Nullable [][] responsibilities, Workers workers) {
    int points = data.length / columns;
    double[] nats = new double[points];
    int size = BLOCKS * PointBlock.WIDTH;
    workers.forEach(
        (points + size - 1) / size,
        task -> {
          double[][] block = PointBlock.of(columns);
          double[][] scratch = PointBlock.of(columns);
          double[][] joint = new double[weights.length][PointBlock.WIDTH];
          int end = Math.min((task + 1) * size, points);
          for (int from = task * size; from < end; from += PointBlock.WIDTH) {
            int to = Math.min(from + PointBlock.WIDTH, end);
            PointBlock.load(data, columns, from, to, block);
            for (int k = 0; k < joint.length; k++) {
              components.logDensities(k, block, scratch, joint[k]);
            }
            normalise(joint, from, to, nats, responsibilities);
          }
        });
    return nats;
  }

  /** ln Σ πₖ Nₖ of each point by the largest term, and each term's share. */
  private void normalise(
      double[][] joint, int from, int to, double[] nats, double @Nullable [][] responsibilities) {
    double[] logWeights = Arrays.stream(weights).map(Math::log).toArray();
    for (int b = 0; b < to - from; b++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < joint.length; k++) {
        joint[k][b] += logWeights[k];
        max = Math.max(max, joint[k][b]);
      }
      double sum = 0;
      for (double[] logs : joint) {
        logs[b] = Math.exp(logs[b] - max);
        sum += logs[b];
      }
      nats[from + b] = -max - Math.log(sum);
      if (responsibilities != null) {
        for (int k = 0; k < joint.length; k++) {
          responsibilities[k][from + b] = joint[k][b] / sum;
        }
      }
    }
  }

  /** The M-step. */
  void maximise(float[] data, double[][] responsibilities, Workers workers) {
    double[] totals = components.maximise(data, responsibilities, workers);
    double all = Arrays.stream(totals).sum();
    for (int k = 0; k < weights.length; k++) {
      weights[k] = totals[k] / all;
    }
  }

  /** One point, [columns]. */
  double[] draw(RandomStream random) {
    return components.draw(Categorical.draw(weights, random.nextDouble()), random);
  }

  long parameters() {
    return weights.length - 1 + components.parameters();
  }

  void save(StateStore store) {
    store.putDoubles("weights", Shape.of(weights.length), weights);
    components.save(store);
  }

  void restore(StateStore store) {
    double[] saved = store.doubles("weights", Shape.of(weights.length));
    System.arraycopy(saved, 0, weights, 0, saved.length);
    components.restore(store);
  }
}
