package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import dev.assay.bench.peer.Layers.LayerNorm;
import dev.assay.bench.peer.Layers.Linear;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The decoder that {@code dev.assay.bench.steps.Gpt} trains. */
final class GptNetwork {
  static final int VOCABULARY = 65;

  private static final double DEVIATION = 0.02;
  private static final DoubleOptional DEFAULT_SCALE = new DoubleOptional();

  final Weights weights = new Weights();
  final Size size;
  private final Tensor tokens;
  private final Tensor positions;
  private final Tensor places;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm last;

  record Size(int layers, int heads, int width, int context) {
    int depth() {
      return width / heads;
    }
  }

  private record Block(
      LayerNorm attentionNorm,
      Linear packed,
      Linear output,
      LayerNorm networkNorm,
      Linear up,
      Linear down) {}

  /** Keys and values of one block, [batch, heads, context, depth]. */
  record Cache(Tensor keys, Tensor values) {}

  GptNetwork(Size size) {
    this.size = size;
    int width = size.width();
    double end = DEVIATION / Math.sqrt(2.0 * size.layers());
    tokens = weights.normal(DEVIATION, VOCABULARY, width);
    positions = weights.normal(DEVIATION, size.context(), width);
    TensorOptions integers = new TensorOptions(ScalarType.Long);
    places = arange(new Scalar(0L), new Scalar((long) size.context()), integers);
    for (int i = 0; i < size.layers(); i++) {
      blocks.add(
          new Block(
              LayerNorm.create(weights, width),
              Linear.unbiased(weights.normal(DEVIATION, 3L * width, width)),
              Linear.unbiased(weights.normal(end, width, width)),
              LayerNorm.create(weights, width),
              Linear.unbiased(weights.normal(DEVIATION, 4L * width, width)),
              Linear.unbiased(weights.normal(end, width, 4L * width))));
    }
    last = LayerNorm.create(weights, width);
  }

  /** I64 [batch, context] → [batch, context, vocabulary]. */
  Tensor logits(Tensor ids) {
    Tensor x = embedding(tokens, ids).add(embedding(positions, places));
    for (Block block : blocks) {
      Tensor before = x;
      Tensor mixed = Local.of(() -> before.add(attention(block, before)));
      x = Local.of(() -> mixed.add(network(block, mixed)));
    }
    return Linear.unbiased(tokens).apply(last.apply(x));
  }

  private Tensor attention(Block block, Tensor x) {
    TensorVector parts = block.packed().apply(block.attentionNorm().apply(x)).chunk(3, 2);
    Tensor y =
        scaled_dot_product_attention(
            heads(parts.get(0)),
            heads(parts.get(1)),
            heads(parts.get(2)),
            Layers.NONE,
            0.0,
            true,
            DEFAULT_SCALE,
            false);
    Tensor merged = y.transpose(1, 2).contiguous().view(x.size(0), x.size(1), size.width());
    return block.output().apply(merged);
  }

  /** [batch, time, width] → [batch, heads, time, depth]. */
  private Tensor heads(Tensor x) {
    return x.view(x.size(0), x.size(1), size.heads(), size.depth()).transpose(1, 2);
  }

  private static Tensor network(Block block, Tensor x) {
    return block.down().apply(gelu(block.up().apply(block.networkNorm().apply(x))));
  }

  /** One token of each row, I64 [batch, 1], at a place → logits [batch, vocabulary]. */
  Tensor step(Tensor ids, int place, List<Cache> caches) {
    Tensor x = embedding(tokens, ids).add(positions.narrow(0, place, 1));
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      x = x.add_(attention(block, x, place, caches.get(i)));
      x = x.add_(network(block, x));
    }
    return Linear.unbiased(tokens).apply(last.apply(x)).view(ids.size(0), VOCABULARY);
  }

  private Tensor attention(Block block, Tensor x, int place, Cache cache) {
    TensorVector parts = block.packed().apply(block.attentionNorm().apply(x)).chunk(3, 2);
    cache.keys().narrow(2, place, 1).copy_(oneToken(parts.get(1)));
    cache.values().narrow(2, place, 1).copy_(oneToken(parts.get(2)));
    Tensor y =
        scaled_dot_product_attention(
            oneToken(parts.get(0)),
            cache.keys().narrow(2, 0, place + 1L),
            cache.values().narrow(2, 0, place + 1L),
            Layers.NONE,
            0.0,
            false,
            DEFAULT_SCALE,
            false);
    return block.output().apply(y.view(x.size(0), 1, size.width()));
  }

  private Tensor oneToken(Tensor x) {
    return x.view(x.size(0), size.heads(), 1, size.depth());
  }
}
