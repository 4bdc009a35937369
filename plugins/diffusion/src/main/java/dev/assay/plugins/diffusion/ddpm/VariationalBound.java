package dev.assay.plugins.diffusion.ddpm;

import dev.assay.plugins.diffusion.DenoiserTraining;
import dev.assay.plugins.diffusion.Level;
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

/**
 * The bound L_T + Σ L_{t−1} + L_0 ≥ −ln p(x₀) (Ho et al. 2020, eq. 5). The sum over t is estimated
 * without bias from one uniform t in each of up to {@value #STRATA} strata, narrow at small t,
 * where the terms differ most; with no more timesteps than that it is the whole sum. Each term
 * takes one draw of noise.
 */
final class VariationalBound implements AutoCloseable {
  private static final int STRATA = 64;

  private final Diffusion diffusion;
  private final DenoiserTraining training;
  private final int width;
  private final int rows;
  private final int[] bounds;
  private final Program program;
  private final float[] x;
  private final float[] times;
  private final int[] keys;
  private final float[] terms;

  /**
   * @param width numbers in an example
   */
  VariationalBound(Backend backend, Diffusion diffusion, DenoiserTraining training, int width) {
    this.diffusion = diffusion;
    this.training = training;
    this.width = width;
    bounds = strata(diffusion.schedule().timesteps());
    rows = training.rows();
    x = new float[rows * width];
    times = new float[rows];
    keys = new int[2 * rows];
    terms = new float[rows];
    Tensor x0 = Tensor.input("x", DType.F32, Shape.of(rows, width));
    Tensor t = Tensor.input("t", DType.F32, Shape.of(rows));
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(rows, 2)));
    Tensor xt = diffusion.noisy(x0, draws.normal(x0.shape()), t);
    Tensor y = training.predict(xt, diffusion.time(t), DenoiserTraining.labelInput(rows));
    Tensor clean = diffusion.decoder().limit(diffusion.clean(y, xt, t));
    program =
        backend.compile(
            Graph.builder()
                .output("divergence", diffusion.divergence(x0, clean, t))
                .output("reconstruction", diffusion.reconstruction(x0, clean))
                .build());
  }

  /**
   * Bounds of the strata of 1 … T: stratum j is [b_j, b_{j+1}), the first is t = 1 alone, widths
   * rise.
   */
  static int[] strata(int timesteps) {
    int count = Math.min(STRATA, timesteps);
    int[] bounds = new int[count + 1];
    bounds[0] = 1;
    bounds[1] = 2;
    for (int j = 2; j < count; j++) {
      double part = (double) j / count;
      int rising = (int) Math.round(1 + timesteps * part * part);
      int room = timesteps + 1 - (count - j);
      bounds[j] = Math.min(Math.max(bounds[j - 1] + 1, rising), room);
    }
    bounds[count] = timesteps + 1;
    return bounds;
  }

  /**
   * Nats of each example.
   *
   * @param data examples as the network sees them
   * @param batch the same examples, for their labels
   * @param random example i uses {@code random.child(first + i)}
   */
  double[] score(float[] data, Batch batch, RandomStream random, long first) {
    int[] labels = training.labels(batch.condition());
    double[] nats = new double[batch.count()];
    for (Block block : Block.of(nats.length, first, rows)) {
      System.arraycopy(data, block.from() * width, x, block.row() * width, block.count() * width);
      program.set("x", x);
      int[] rowLabels = new int[rows];
      System.arraycopy(labels, block.from(), rowLabels, block.row(), block.count());
      training.setLabels(program, rowLabels);
      for (int i = block.from(); i < block.from() + block.count(); i++) {
        nats[i] = prior(data, i);
      }
      for (int j = 0; j + 1 < bounds.length; j++) {
        replay(block, random, first, j);
        for (int i = 0; i < block.count(); i++) {
          nats[block.from() + i] += (bounds[j + 1] - bounds[j]) * (double) terms[block.row() + i];
        }
      }
    }
    return nats;
  }

  private void replay(Block block, RandomStream random, long first, int stratum) {
    for (int i = 0; i < block.count(); i++) {
      RandomStream own = random.child(first + block.from() + i).child(stratum);
      int row = block.row() + i;
      times[row] = bounds[stratum] + own.nextInt(bounds[stratum + 1] - bounds[stratum]);
      keys[2 * row] = (int) own.key();
      keys[2 * row + 1] = (int) (own.key() >>> 32);
    }
    program.set("t", times);
    program.set("keys", keys);
    program.run();
    program.get(stratum == 0 ? "reconstruction" : "divergence", terms);
  }

  /** L_T = KL(q(x_T | x₀) ‖ N(0, I)) in nats. */
  private double prior(float[] data, int example) {
    Level last = diffusion.schedule().level(diffusion.schedule().timesteps());
    double variance = last.sigma() * last.sigma();
    double nats = 0;
    for (int k = example * width; k < (example + 1) * width; k++) {
      double mean = last.alpha() * data[k];
      nats += (mean * mean + variance - 1 - Math.log(variance)) / 2;
    }
    return nats;
  }

  @Override
  public void close() {
    program.close();
  }
}
