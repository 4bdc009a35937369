package dev.assay.plugins.gan.game;

import dev.assay.nn.Ema;
import dev.assay.plugins.gan.network.DataForm;
import dev.assay.spi.Block;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws samples in blocks; latents are drawn on the host, each sample's from its own stream. */
final class Sampling<S extends Record> implements AutoCloseable {
  private static final int ROWS = 64;

  private final Game<S> game;
  private final DataForm form;
  private final boolean conditional;
  private final Set<String> inputs;
  private final Program program;
  private final float[] z;
  private final int[] labels = new int[ROWS];
  private final int[] keys = new int[2 * ROWS];
  private final float[] rows;

  /**
   * @param averages whose values to use in place of the weights; null for the weights themselves
   */
  Sampling(
      Game<S> game, DataForm form, @Nullable Ema averages, boolean conditional, Backend backend) {
    this.game = game;
    this.form = form;
    this.conditional = conditional;
    z = new float[ROWS * game.latent()];
    rows = new float[ROWS * form.item().size()];
    Tensor drawn =
        game.sample(
            Tensor.input("z", DType.F32, Shape.of(ROWS, game.latent())),
            Tensor.input("label", DType.I32, Shape.of(ROWS)),
            Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(ROWS, 2))));
    Tensor averaged = averages == null ? drawn : averages.averaged(drawn);
    Graph graph = Graph.builder().output("x", form.data(averaged)).build();
    inputs = Set.copyOf(new Ports(graph).inputs().keySet());
    program = backend.compile(graph);
  }

  Samples draw(SampleRequest request, S sampler) {
    int width = form.item().size();
    float[] drawn = new float[request.count() * width];
    game.inputs(sampler)
        .forEach((name, value) -> program.set(name, new float[] {value.floatValue()}));
    for (Block block : Block.of(request.count(), request.first(), ROWS)) {
      load(block, request, sampler);
      program.run();
      program.get("x", rows);
      System.arraycopy(
          rows, block.row() * width, drawn, block.from() * width, block.count() * width);
    }
    return new Samples(new Values.Dense(form.item(), drawn));
  }

  private void load(Block block, SampleRequest request, S sampler) {
    int[] wanted = request.keys();
    System.arraycopy(wanted, 2 * block.from(), keys, 2 * block.row(), 2 * block.count());
    for (int i = 0; i < block.count(); i++) {
      float[] latent = game.latent(sampler, request.stream(block.from() + i).child("latent"));
      System.arraycopy(latent, 0, z, (block.row() + i) * latent.length, latent.length);
    }
    program.set("z", z);
    if (inputs.contains("keys")) {
      program.set("keys", keys);
    }
    if (conditional) {
      int[] classes = ((Values.Labels) request.condition()).labels();
      System.arraycopy(classes, block.from(), labels, block.row(), block.count());
      program.set("label", labels);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
