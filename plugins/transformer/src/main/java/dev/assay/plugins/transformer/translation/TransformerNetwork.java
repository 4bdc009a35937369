package dev.assay.plugins.transformer.translation;

import dev.assay.nn.CrossAttention;
import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Sinusoids;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encoder and decoder with sinusoidal positions; logits by the target's embeddings. Vaswani et al.
 * 2017, §3.
 *
 * @param sources [source tokens, width]
 * @param targets [target tokens, width]; the same table where both share their tokens
 * @param encoderNorm after the encoder, or null where norms stand after each part
 * @param decoderNorm after the decoder, or null likewise
 * @param choices tokens that can be predicted: the first ones of the table
 */
record TransformerNetwork(
    Embedding sources,
    Embedding targets,
    List<EncoderLayer> encoder,
    List<DecoderLayer> decoder,
    @Nullable LayerNorm encoderNorm,
    @Nullable LayerNorm decoderNorm,
    int choices)
    implements PairNetwork {

  static TransformerNetwork create(
      ParameterStore store, TransformerConfig config, int sourceTokens, int targetTokens) {
    int width = config.width();
    Initializer vectors = Initializer.normal(1 / Math.sqrt(width));
    Embedding targets = Embedding.create(store.scope("targets"), targetTokens, width, vectors);
    Embedding sources =
        config.joint()
            ? targets
            : Embedding.create(store.scope("sources"), sourceTokens, width, vectors);
    List<EncoderLayer> encoder = new ArrayList<>();
    List<DecoderLayer> decoder = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      encoder.add(EncoderLayer.create(store.scope("encoder").scope(i), config));
      decoder.add(DecoderLayer.create(store.scope("decoder").scope(i), config));
    }
    boolean last = config.preNorm();
    return new TransformerNetwork(
        sources,
        targets,
        List.copyOf(encoder),
        List.copyOf(decoder),
        last ? LayerNorm.create(store.scope("encoder_norm"), width, true) : null,
        last ? LayerNorm.create(store.scope("decoder_norm"), width, true) : null,
        targetTokens);
  }

  private int width() {
    return targets.table().shape().dim(1);
  }

  /** Vectors times √width, plus positions. Vaswani et al. 2017, §3.4 and 3.5. */
  private Tensor embedded(Embedding table, Tensor ids, Tensor positions) {
    return table.apply(ids).mul((float) Math.sqrt(width())).add(positions);
  }

  /** Source I32 [batch, length] → memory [batch, length, width]. */
  private Tensor encode(Tensor source, Tensor lengths, Dropout dropout) {
    Tensor x = embedded(sources, source, Sinusoids.of(source.dim(1), width()));
    x = dropout.child("source").apply(x);
    for (int i = 0; i < encoder.size(); i++) {
      x = encoder.get(i).apply(x, lengths, dropout.child("encoder" + i));
    }
    return encoderNorm == null ? x : encoderNorm.apply(x);
  }

  private Tensor predict(Tensor x) {
    Tensor y = decoderNorm == null ? x : decoderNorm.apply(x);
    return y.matmul(targets.table().value().slice(0, 0, choices).transpose(0, 1));
  }

  @Override
  public Tensor logits(Tensor source, Tensor lengths, Tensor target, Dropout dropout) {
    Tensor memory = encode(source, lengths, dropout);
    Tensor x = embedded(targets, target, Sinusoids.of(target.dim(1), width()));
    x = dropout.child("target").apply(x);
    for (int i = 0; i < decoder.size(); i++) {
      DecoderLayer layer = decoder.get(i);
      x = layer.apply(x, layer.cross().packed(memory), lengths, dropout.child("decoder" + i));
    }
    return predict(x);
  }

  @Override
  public Decoding decoding(Backend backend, int rows, int length, int context) {
    return new Cached(backend, rows, length, context);
  }

  /** Keys and values of the source, and of the target so far, for each layer. */
  private final class Cached implements Decoding {
    private final List<KvCache> caches = new ArrayList<>();
    private final List<Variable> memories = new ArrayList<>();
    private final Variable lengths;
    private final Tensor positions;

    Cached(Backend backend, int rows, int length, int context) {
      lengths = backend.variable("lengths", DType.I32, Shape.of(rows));
      positions = Sinusoids.of(context, width());
      for (int i = 0; i < decoder.size(); i++) {
        CrossAttention cross = decoder.get(i).cross();
        int depth = cross.depth();
        caches.add(KvCache.create(backend, "cache." + i, rows, cross.heads(), context, depth));
        Shape shape = Shape.of(rows, length, 2 * cross.heads(), depth);
        memories.add(backend.variable("memory." + i, DType.F32, shape));
      }
    }

    @Override
    public Map<Variable, Tensor> begin(Tensor source, Tensor sourceLengths, Tensor row) {
      Tensor memory = encode(source, sourceLengths, Dropout.none());
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      assigns.put(lengths, lengths.tensor().putRows(row, sourceLengths));
      for (int i = 0; i < decoder.size(); i++) {
        Variable held = memories.get(i);
        Tensor packed = decoder.get(i).cross().packed(memory);
        assigns.put(held, held.tensor().putRows(row, packed));
      }
      return assigns;
    }

    @Override
    public Step step(Tensor tokens, Tensor at) {
      int rows = tokens.dim(0);
      Tensor x = embedded(targets, tokens, positions.gather(at)).reshape(rows, 1, -1);
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      for (int i = 0; i < decoder.size(); i++) {
        DecoderLayer.Step next =
            decoder.get(i).step(x, caches.get(i), at, memories.get(i).tensor(), lengths.tensor());
        x = next.y();
        assigns.putAll(next.assigns());
      }
      return new Step(predict(x).reshape(rows, choices), assigns);
    }

    @Override
    public Map<Variable, Tensor> copy(Tensor from) {
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      caches.forEach(cache -> assigns.putAll(cache.rows(from)));
      return assigns;
    }
  }
}
