package dev.assay.plugins.flow;

import dev.assay.spi.Batch;
import dev.assay.spi.Block;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * −ln p of whole levels, from above: the variational bound of a {@link Dequantizer}, averaged over
 * draws. An example's draws come from its own stream, and its row follows from its index.
 */
final class Bound implements AutoCloseable {
  private static final int DRAWS = 8;

  private static final String KEYS = "keys";

  private final Program program;
  private final int rows;
  private final int width;
  private final int classes;

  /**
   * @param rows of the program
   */
  Bound(Backend backend, Flow flow, Dequantizer dequantizer, int rows) {
    this.rows = rows;
    width = flow.domain().size();
    classes = flow.domain().classes();
    Tensor x = Tensor.input(RowProgram.INPUT, DType.F32, Shape.of(rows, width));
    Condition condition = Condition.input(rows, classes);
    Draws draws = Draws.perRow(Tensor.input(KEYS, DType.I32, Shape.of(rows, 2)));
    program =
        backend.compile(
            Graph.builder().output("nats", nats(flow, dequantizer, x, condition, draws)).build());
  }

  /** ln q(u | x) − ln p(x + u) [rows] at one draw of u. Ho et al. 2019, eq. 12. */
  static Tensor nats(
      Flow flow, Dequantizer dequantizer, Tensor x, Condition condition, Draws draws) {
    Tensor epsilon = draws.child("dequantization").normal(x.shape());
    Dequantizer.Noise noise = dequantizer.noise(x, epsilon, condition);
    return flow.encode(x.add(noise.u()), condition).nats().add(noise.logDensity());
  }

  /**
   * The bound of each example, in nats.
   *
   * @param random example i uses {@code random.child(first + i)}
   */
  double[] score(Batch batch, RandomStream random, long first) {
    float[] data = batch.dense().data();
    double[] nats = new double[batch.count()];
    float[] in = new float[rows * width];
    float[] out = new float[rows];
    for (Block block : Block.of(nats.length, first, rows)) {
      System.arraycopy(data, block.from() * width, in, block.row() * width, block.count() * width);
      program.set(RowProgram.INPUT, in);
      label(batch.condition(), block);
      for (int draw = 0; draw < DRAWS; draw++) {
        program.set(KEYS, keys(block, random, first, draw));
        program.run();
        program.get("nats", out);
        for (int i = 0; i < block.count(); i++) {
          nats[block.from() + i] += out[block.row() + i] / DRAWS;
        }
      }
    }
    return nats;
  }

  private void label(Values condition, Block block) {
    if (classes > 0) {
      int[] labels = new int[rows];
      int[] given = ((Values.Labels) condition).labels();
      System.arraycopy(given, block.from(), labels, block.row(), block.count());
      program.set(Condition.INPUT, labels);
    }
  }

  private int[] keys(Block block, RandomStream random, long first, int draw) {
    int[] keys = new int[2 * rows];
    for (int i = 0; i < block.count(); i++) {
      long key = random.child(first + block.from() + i).child(draw).key();
      keys[2 * (block.row() + i)] = (int) key;
      keys[2 * (block.row() + i) + 1] = (int) (key >>> 32);
    }
    return keys;
  }

  @Override
  public void close() {
    program.close();
  }
}
