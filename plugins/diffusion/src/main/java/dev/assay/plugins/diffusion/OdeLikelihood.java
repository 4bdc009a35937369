package dev.assay.plugins.diffusion;

import dev.assay.spi.Batch;
import dev.assay.spi.Block;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;

/**
 * −ln p(x) along dx/ds = v(x, s), which carries x to standard normal noise: −ln N(x(end)) − ∫ div v
 * ds (Chen et al. 2018, eq. 8; Song et al. 2021, eq. 39), by Heun's method. The divergence is exact
 * in few dimensions; in more it is Hutchinson's estimate by one random sign vector (Grathwohl et
 * al. 2019, §3.1), the same all along the path.
 */
public final class OdeLikelihood implements AutoCloseable {
  private static final int MOST_EXACT = 8;
  private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final DenoiserTraining training;
  private final int width;
  private final int rows;
  private final Program program;
  private final float[] x;
  private final float[] velocity;
  private final float[] divergence;

  /** The right side of the equation. */
  @FunctionalInterface
  public interface Field {
    /** x [rows, width], time [rows] as in {@link Node#time}, labels I32 [rows] → dx/ds. */
    Tensor velocity(Tensor x, Tensor time, Tensor labels);
  }

  /**
   * A point on the path.
   *
   * @param time what the field is told
   * @param s where it is
   */
  public record Node(double time, double s) {}

  /**
   * @param width numbers in an example
   */
  public OdeLikelihood(Backend backend, DenoiserTraining training, Field field, int width) {
    this.training = training;
    this.width = width;
    rows = training.rows();
    x = new float[rows * width];
    velocity = new float[rows * width];
    divergence = new float[rows];
    Tensor input = Tensor.input("x", DType.F32, Shape.of(rows, width));
    Tensor time = Tensor.input("time", DType.F32, Shape.SCALAR).broadcast(Shape.of(rows));
    Tensor v = field.velocity(input, time, DenoiserTraining.labelInput(rows));
    program =
        backend.compile(
            Graph.builder()
                .output("velocity", v)
                .output("divergence", width <= MOST_EXACT ? exact(v, input) : hutchinson(v, input))
                .build());
  }

  /** Σ ∂vᵢ/∂xᵢ: [rows]. */
  private static Tensor exact(Tensor v, Tensor x) {
    Tensor total = Tensor.fill(0, Shape.of(x.dim(0)));
    Tensor column = Tensor.iota(x.shape(), 1);
    for (int i = 0; i < x.dim(1); i++) {
      Tensor axis = column.equal(Tensor.scalar(i));
      total = total.add(product(v, x, axis));
    }
    return total;
  }

  /** eᵀ (∂v/∂x) e for random signs e: [rows]. */
  private static Tensor hutchinson(Tensor v, Tensor x) {
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(x.dim(0), 2)));
    Tensor half = Tensor.fill(0.5f, x.shape());
    return product(v, x, draws.bernoulli(half).mul(2).sub(1));
  }

  private static Tensor product(Tensor v, Tensor x, Tensor e) {
    return Gradients.vectorJacobian(v, e, List.of(x)).getFirst().mul(e).sum(-1);
  }

  /**
   * −ln p(x) of each example in nats.
   *
   * @param data examples in the form the network sees
   * @param batch the same examples, for their labels
   * @param nodes from the data to the noise
   * @param random example i uses {@code random.child(first + i)}
   */
  public double[] score(
      float[] data, Batch batch, List<Node> nodes, RandomStream random, long first) {
    int[] labels = training.labels(batch.condition());
    double[] nats = new double[batch.count()];
    for (Block block : Block.of(nats.length, first, rows)) {
      double[] path = new double[rows * width];
      for (int i = 0; i < block.count() * width; i++) {
        path[block.row() * width + i] = data[block.from() * width + i];
      }
      load(block, labels, random, first);
      double[] volume = integrate(path, nodes);
      for (int i = 0; i < block.count(); i++) {
        nats[block.from() + i] = normalNats(path, block.row() + i) - volume[block.row() + i];
      }
    }
    return nats;
  }

  private void load(Block block, int[] labels, RandomStream random, long first) {
    int[] rowLabels = new int[rows];
    System.arraycopy(labels, block.from(), rowLabels, block.row(), block.count());
    training.setLabels(program, rowLabels);
    if (width <= MOST_EXACT) {
      return;
    }
    int[] keys = new int[2 * rows];
    for (int i = 0; i < block.count(); i++) {
      long key = random.child(first + block.from() + i).key();
      keys[2 * (block.row() + i)] = (int) key;
      keys[2 * (block.row() + i) + 1] = (int) (key >>> 32);
    }
    program.set("keys", keys);
  }

  /** Moves the points to the end of the path; ∫ div v ds of each row. */
  private double[] integrate(double[] path, List<Node> nodes) {
    double[] volume = new double[rows];
    double[] predicted = new double[path.length];
    for (int n = 0; n + 1 < nodes.size(); n++) {
      double half = (nodes.get(n + 1).s() - nodes.get(n).s()) / 2;
      evaluate(path, nodes.get(n));
      for (int i = 0; i < path.length; i++) {
        predicted[i] = path[i] + 2 * half * velocity[i];
        path[i] += half * velocity[i];
      }
      add(volume, half);
      evaluate(predicted, nodes.get(n + 1));
      for (int i = 0; i < path.length; i++) {
        path[i] += half * velocity[i];
      }
      add(volume, half);
    }
    return volume;
  }

  private void evaluate(double[] at, Node node) {
    for (int i = 0; i < at.length; i++) {
      x[i] = (float) at[i];
    }
    program.set("x", x);
    program.set("time", new float[] {(float) node.time()});
    program.run();
    program.get("velocity", velocity);
    program.get("divergence", divergence);
  }

  private void add(double[] volume, double step) {
    for (int i = 0; i < rows; i++) {
      volume[i] += step * divergence[i];
    }
  }

  private double normalNats(double[] path, int row) {
    double nats = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      nats += path[i] * path[i] / 2 + LOG_SQRT_TWO_PI;
    }
    return nats;
  }

  @Override
  public void close() {
    program.close();
  }
}
