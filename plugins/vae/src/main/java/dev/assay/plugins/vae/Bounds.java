package dev.assay.plugins.vae;

import dev.assay.spi.Batch;
import dev.assay.spi.Block;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;

/**
 * Lower bounds on ln p(x) by draws from q(z | x). An example's draws come from its own stream, and
 * its row in a block follows from its index, so that its bounds depend on nothing beside it.
 */
final class Bounds implements AutoCloseable {
  /** Draws per replay, and for the evidence lower bound. */
  static final int DRAWS = 32;

  private static final int ROWS = 32;

  private final Program program;
  private final Condition condition;
  private final float[] x;
  private final int width;
  private final int[] keys = new int[2 * ROWS];
  private final float[] logWeights = new float[ROWS * DRAWS];
  private final float[] evidence = new float[ROWS];

  /**
   * @param width numbers in an example
   */
  Bounds(Backend backend, VaeNetwork network, Condition condition, int width, int latent) {
    this.condition = condition;
    this.width = width;
    x = new float[ROWS * width];
    Tensor input = Tensor.input("x", DType.F32, Shape.of(ROWS, width));
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(ROWS, 2)));
    Given given = condition.input(ROWS);
    Posterior posterior = network.encode(input, given);
    Posterior spread = posterior.spread();
    Tensor noise = draws.child("latent").normal(Shape.of(ROWS, DRAWS, latent));
    Tensor wide = input.reshape(ROWS, 1, width);
    Tensor fit = network.logLikelihood(wide, spread.draw(noise), given);
    program =
        backend.compile(
            Graph.builder()
                .output("log_weights", fit.add(spread.logRatio(noise)))
                .output("evidence", fit.mean(-1).sub(posterior.divergence()))
                .build());
  }

  /**
   * −ELBO of each example, in nats: the KL term exact, the other averaged over {@link #DRAWS}
   * draws. Kingma and Welling 2014, eq. 7.
   *
   * @param random example i uses {@code random.child(first + i)}
   */
  double[] evidence(Batch batch, RandomStream random, long first) {
    double[] nats = new double[batch.count()];
    for (Block block : Block.of(nats.length, first, ROWS)) {
      load(block, batch);
      replay(block, random, first, 0);
      program.get("evidence", evidence);
      for (int i = 0; i < block.count(); i++) {
        nats[block.from() + i] = -evidence[block.row() + i];
      }
    }
    return nats;
  }

  /**
   * −ln (1/K) Σ p(x, z) / q(z | x) of each example, in nats, over K draws. Burda et al. 2016, eq.
   * 8.
   *
   * @param samples K, at least 1
   */
  double[] importanceWeighted(Batch batch, int samples, RandomStream random, long first) {
    double[] nats = new double[batch.count()];
    for (Block block : Block.of(nats.length, first, ROWS)) {
      load(block, batch);
      LogMean[] means = new LogMean[block.count()];
      Arrays.setAll(means, i -> new LogMean());
      for (int done = 0; done < samples; done += DRAWS) {
        replay(block, random, first, done / DRAWS);
        program.get("log_weights", logWeights);
        int used = Math.min(DRAWS, samples - done);
        for (int i = 0; i < block.count(); i++) {
          for (int k = 0; k < used; k++) {
            means[i].add(logWeights[(block.row() + i) * DRAWS + k]);
          }
        }
      }
      for (int i = 0; i < block.count(); i++) {
        nats[block.from() + i] = -means[i].value();
      }
    }
    return nats;
  }

  private void load(Block block, Batch batch) {
    float[] data = batch.dense().data();
    System.arraycopy(data, block.from() * width, x, block.row() * width, block.count() * width);
    program.set("x", x);
    condition.set(program, batch.condition(), block, ROWS);
  }

  private void replay(Block block, RandomStream random, long first, int chunk) {
    for (int i = 0; i < block.count(); i++) {
      long key = random.child(first + block.from() + i).child(chunk).key();
      keys[2 * (block.row() + i)] = (int) key;
      keys[2 * (block.row() + i) + 1] = (int) (key >>> 32);
    }
    program.set("keys", keys);
    program.run();
  }

  @Override
  public void close() {
    program.close();
  }

  /** ln of the mean of exponentials, in one pass. */
  private static final class LogMean {
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long count;

    void add(double logWeight) {
      count++;
      if (logWeight > max) {
        sum = sum * Math.exp(max - logWeight) + 1;
        max = logWeight;
      } else if (logWeight != Double.NEGATIVE_INFINITY) {
        sum += Math.exp(logWeight - max);
      }
    }

    double value() {
      return max + Math.log(sum / count);
    }
  }
}
