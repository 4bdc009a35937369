package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token embeddings, gated layers of growing dilation, and two layers over the sum of what they give
 * out. Van den Oord et al. 2016, §2.1 to 2.5.
 *
 * @param tokens [inputs, width]
 * @param hidden skip → skip
 * @param output skip → choices
 */
record WaveNetNetwork(Embedding tokens, List<GatedLayer> layers, Linear hidden, Linear output) {
  WaveNetNetwork {
    layers = List.copyOf(layers);
  }

  /**
   * @param inputs tokens that can be read
   * @param choices tokens that can be predicted: numbers 0 … choices − 1
   * @param classes of the labels; 0 without
   */
  static WaveNetNetwork create(
      ParameterStore store, WaveNetConfig config, int inputs, int choices, int classes) {
    int width = config.width();
    int skip = config.skip();
    List<GatedLayer> layers = new ArrayList<>();
    for (int i = 0; i < config.cycles() * config.layers(); i++) {
      int dilation = 1 << i % config.layers();
      layers.add(GatedLayer.create(store.scope("layers").scope(i), dilation, width, skip, classes));
    }
    return new WaveNetNetwork(
        Embedding.create(store.scope("tokens"), inputs, width, Initializer.normal(1)),
        layers,
        Linear.create(store.scope("hidden"), skip, skip),
        Linear.create(store.scope("output"), skip, choices));
  }

  int choices() {
    return output.out();
  }

  /** Tokens that a prediction depends on: the one before it and those further back. */
  int reach() {
    return 1 + layers.stream().mapToInt(GatedLayer::dilation).sum();
  }

  /** What a layer read some tokens before. */
  @FunctionalInterface
  interface Delay {
    /**
     * The layer's input as it was {@code dilation} tokens before.
     *
     * @param layer place in {@link #layers}
     * @param x [rows, time, width]
     */
    Tensor of(int layer, Tensor x);
  }

  /** Before the first token of a row there was nothing. */
  Tensor logits(Tensor ids, @Nullable Tensor labels) {
    return logits(
        ids,
        labels,
        (i, x) -> {
          int time = x.dim(1);
          int dilation = Math.min(layers.get(i).dilation(), time);
          return x.slice(1, 0, time - dilation).pad(1, dilation, 0, 0);
        });
  }

  /**
   * Logits of each token's successor, [rows, time, choices].
   *
   * @param ids I32 [rows, time]
   * @param labels I32 [rows], or null without
   */
  Tensor logits(Tensor ids, @Nullable Tensor labels, Delay delay) {
    Tensor x = tokens.apply(ids);
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < layers.size(); i++) {
      GatedLayer.Outputs outputs = layers.get(i).apply(x, delay.of(i, x), labels);
      x = outputs.x();
      sum = outputs.skip().add(sum);
    }
    return output.apply(Tensors.relu(hidden.apply(Tensors.relu(sum))));
  }
}
