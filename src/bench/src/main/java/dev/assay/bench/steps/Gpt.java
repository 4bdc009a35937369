package dev.assay.bench.steps;

import dev.assay.nn.Activation;
import dev.assay.nn.Adam;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2's decoder (Radford et al. 2019, §2.3) as nanoGPT trains it: no biases, exact GELU, output
 * weights tied to the token table, AdamW with decay of matrices only, gradients clipped at norm 1.
 */
final class Gpt {
  private static final int VOCABULARY = 65;
  private static final double DEVIATION = 0.02;
  private static final int CORPUS = 1_000_000;

  private final Size size;
  private final ParameterStore store;
  private final Embedding tokens;
  private final Embedding positions;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm last;

  /**
   * @param context tokens of a window
   */
  record Size(int layers, int heads, int width, int context) {}

  private record Block(
      LayerNorm attentionNorm,
      MultiHeadAttention attention,
      LayerNorm networkNorm,
      Linear up,
      Linear down) {
    static Block create(ParameterStore store, Size size) {
      int width = size.width();
      Initializer weight = Initializer.normal(DEVIATION);
      Initializer end = Initializer.normal(DEVIATION / Math.sqrt(2.0 * size.layers()));
      return new Block(
          LayerNorm.create(store.scope("attention_norm"), width, false),
          MultiHeadAttention.create(
              store.scope("attention"), width, size.heads(), size.heads(), false, weight, end),
          LayerNorm.create(store.scope("network_norm"), width, false),
          Linear.create(store.scope("up"), width, 4 * width, weight, null),
          Linear.create(store.scope("down"), 4 * width, width, end, null));
    }

    Tensor apply(Tensor x) {
      Tensor h = x.add(attention.apply(attentionNorm.apply(x), null, true));
      return h.add(down.apply(Activation.GELU.apply(up.apply(networkNorm.apply(h)))));
    }
  }

  private Gpt(ParameterStore store, Size size) {
    this.store = store;
    this.size = size;
    Initializer weight = Initializer.normal(DEVIATION);
    tokens = Embedding.create(store.scope("tokens"), VOCABULARY, size.width(), weight);
    positions = Embedding.create(store.scope("positions"), size.context(), size.width(), weight);
    for (int i = 0; i < size.layers(); i++) {
      blocks.add(Block.create(store.scope("blocks").scope(i), size));
    }
    last = LayerNorm.create(store.scope("last_norm"), size.width(), false);
  }

  /** A training step; its loss is nats per token. */
  static Workload training(Backend backend, RandomStream random, Size size, int batch) {
    Gpt gpt = new Gpt(new ParameterStore(backend, random.child("weights")), size);
    int[] text = SyntheticData.text(CORPUS, VOCABULARY, random.child("text"));
    SyntheticData.Windows windows = new SyntheticData.Windows(text, batch, size.context());
    return new CompiledStep(
        backend,
        gpt.trainingGraph(batch),
        (program, stream) -> {
          windows.next(stream);
          program.set("tokens", windows.tokens());
          program.set("targets", windows.targets());
          program.set(TrainStep.LEARNING_RATE, new float[] {1e-3f});
        },
        random.child("steps"),
        gpt.store.count(),
        (long) batch * size.context());
  }

  private Graph trainingGraph(int batch) {
    Shape window = Shape.of(batch, size.context());
    Tensor logits = logits(Tensor.input("tokens", DType.I32, window));
    Tensor targets = Tensor.input("targets", DType.I32, window);
    Tensor loss = Tensors.crossEntropy(logits, targets).mean();
    Adam adamW = Adam.decoupled(store.scope("adam"), 0.9, 0.99, 0.1);
    return new TrainStep(loss, store.parameters(), adamW).clip(1).build();
  }

  /** I32 [batch, context] → [batch, context, vocabulary]. */
  private Tensor logits(Tensor ids) {
    Tensor x = tokens.apply(ids).add(positions.table().value());
    for (Block block : blocks) {
      x = block.apply(x);
    }
    return tokens.logits(last.apply(x));
  }
}
