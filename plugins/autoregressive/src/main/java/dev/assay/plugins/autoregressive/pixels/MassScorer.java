package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Dropout;
import dev.assay.nn.Ema;
import dev.assay.spi.Batch;
import dev.assay.spi.Block;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Tensor;

/** Exact −ln p of images. */
final class MassScorer implements AutoCloseable {
  private static final int ROWS = 64;

  private final PixelData data;
  private final PixelNetwork network;
  private final Program program;
  private final float[] x;
  private final int[] labels = new int[ROWS];
  private final float[] nats = new float[ROWS];

  MassScorer(Backend backend, PixelData data, PixelNetwork network, Ema average) {
    this.data = data;
    this.network = network;
    x = new float[ROWS * data.pixels()];
    Tensor images = data.x(ROWS);
    Tensor logits = network.logits(images, data.labels(ROWS), Dropout.none());
    Tensor each = average.averaged(data.levels().nats(logits, images));
    program = backend.compile(Graph.builder().output("nats", each).build());
  }

  /**
   * −ln p of each image in nats, of several orders −ln of their mean p.
   *
   * @param first index of the first image
   */
  double[] score(Batch batch, long first) {
    double[] scores = new double[batch.count()];
    for (Block block : Block.of(batch.count(), first, ROWS)) {
      load(batch, block);
      double[] masses = new double[block.count()];
      double[] least = new double[block.count()];
      for (int order = 0; order < network.orders(); order++) {
        network.follow(order, program);
        program.run();
        program.get("nats", nats);
        for (int i = 0; i < block.count(); i++) {
          double value = nats[block.row() + i];
          double before = order == 0 ? value : least[i];
          least[i] = Math.min(before, value);
          masses[i] = masses[i] * Math.exp(least[i] - before) + Math.exp(least[i] - value);
        }
      }
      for (int i = 0; i < block.count(); i++) {
        scores[block.from() + i] = least[i] - Math.log(masses[i] / network.orders());
      }
    }
    return scores;
  }

  private void load(Batch batch, Block block) {
    int pixels = data.pixels();
    System.arraycopy(
        batch.dense().data(),
        block.from() * pixels,
        x,
        block.row() * pixels,
        block.count() * pixels);
    program.set("x", x);
    if (batch.condition() instanceof Values.Labels(int[] all) && data.conditional()) {
      System.arraycopy(all, block.from(), labels, block.row(), block.count());
      program.set("labels", labels);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
