package dev.assay.plugins.transformer.translation;

import dev.assay.nn.CrossAttention;
import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.KvCache;
import dev.assay.nn.ParameterStore;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Encoder and decoder; logits by the target's embeddings. Vaswani et al. 2017, §3.
 *
 * @param style how the layers are built
 * @param sources [source tokens, width]
 * @param targets [target tokens, width]; the same table where both share their tokens
 * @param sourcePlaces how the tokens of a source know their places
 * @param targetPlaces how those of a target do
 * @param encoderNorm after the encoder, or null where norms stand after each part
 * @param decoderNorm after the decoder, or null likewise
 * @param choices tokens that can be predicted: the first ones of the table
 */
public record TransformerNetwork(
    LayerStyle style,
    Embedding sources,
    Embedding targets,
    Places sourcePlaces,
    Places targetPlaces,
    List<EncoderLayer> encoder,
    List<DecoderLayer> decoder,
    @Nullable UnaryOperator<Tensor> encoderNorm,
    @Nullable UnaryOperator<Tensor> decoderNorm,
    int choices)
    implements PairNetwork {

  /**
   * With sinusoidal places.
   *
   * @param joint whether both sides share their table
   */
  static TransformerNetwork create(
      ParameterStore store, LayerStyle style, boolean joint, int sourceTokens, int targetTokens) {
    Embedding targets = table(store.scope("targets"), targetTokens, style.width());
    Embedding sources =
        joint ? targets : table(store.scope("sources"), sourceTokens, style.width());
    Places places = new SinusoidalPlaces(style.width());
    return create(store, style, sources, targets, places, places);
  }

  /** Vectors of so many tokens, of deviation 1 once they are multiplied by √width. */
  public static Embedding table(ParameterStore store, int tokens, int width) {
    return Embedding.create(store, tokens, width, Initializer.normal(1 / Math.sqrt(width)));
  }

  /** Over these tables; every token of the targets' can be predicted. */
  public static TransformerNetwork create(
      ParameterStore store,
      LayerStyle style,
      Embedding sources,
      Embedding targets,
      Places sourcePlaces,
      Places targetPlaces) {
    List<EncoderLayer> encoder = new ArrayList<>();
    List<DecoderLayer> decoder = new ArrayList<>();
    for (int i = 0; i < style.layers(); i++) {
      encoder.add(EncoderLayer.create(store.scope("encoder").scope(i), style));
      decoder.add(DecoderLayer.create(store.scope("decoder").scope(i), style));
    }
    boolean last = style.preNorm();
    return new TransformerNetwork(
        style,
        sources,
        targets,
        sourcePlaces,
        targetPlaces,
        List.copyOf(encoder),
        List.copyOf(decoder),
        last ? style.norm(store.scope("encoder_norm")) : null,
        last ? style.norm(store.scope("decoder_norm")) : null,
        targets.tokens());
  }

  /** The same network, which predicts only the first tokens of its table. */
  public TransformerNetwork predicting(int first) {
    return new TransformerNetwork(
        style,
        sources,
        targets,
        sourcePlaces,
        targetPlaces,
        encoder,
        decoder,
        encoderNorm,
        decoderNorm,
        first);
  }

  /** Whether both sides share their table. */
  boolean joint() {
    return sources.equals(targets);
  }

  /** Vectors times √width. Vaswani et al. 2017, §3.4. */
  private Tensor vectors(Embedding table, Tensor ids) {
    return table.apply(ids).mul((float) Math.sqrt(style.width()));
  }

  /** Source I32 [batch, length] → memory [batch, length, width]. */
  private Tensor encode(Tensor source, Tensor lengths, Dropout dropout) {
    Tensor x = sourcePlaces.embedded(vectors(sources, source));
    @Nullable Tensor bias = sourcePlaces.bias(source.dim(1));
    x = dropout.child("source").apply(x);
    for (int i = 0; i < encoder.size(); i++) {
      x = encoder.get(i).apply(x, lengths, bias, dropout.child("encoder" + i));
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
    Tensor x = targetPlaces.embedded(vectors(targets, target));
    @Nullable Tensor bias = targetPlaces.bias(target.dim(1));
    x = dropout.child("target").apply(x);
    for (int i = 0; i < decoder.size(); i++) {
      DecoderLayer layer = decoder.get(i);
      x = layer.apply(x, layer.cross().packed(memory), lengths, bias, dropout.child("decoder" + i));
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
    private final int context;

    Cached(Backend backend, int rows, int length, int context) {
      this.context = context;
      lengths = backend.variable("lengths", DType.I32, Shape.of(rows));
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
      Tensor x = targetPlaces.embedded(vectors(targets, tokens), at, context).reshape(rows, 1, -1);
      @Nullable Tensor bias = targetPlaces.bias(at, context);
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      for (int i = 0; i < decoder.size(); i++) {
        Tensor memory = memories.get(i).tensor();
        DecoderLayer.Step next =
            decoder.get(i).step(x, caches.get(i), at, memory, lengths.tensor(), bias);
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
