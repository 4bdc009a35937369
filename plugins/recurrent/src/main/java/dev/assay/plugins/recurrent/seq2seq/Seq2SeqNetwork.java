package dev.assay.plugins.recurrent.seq2seq;

import dev.assay.nn.CrossAttention;
import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An encoder in both directions, a decoder that begins with its states, and attention of each
 * decoder output h to the encoder's: logits of tanh(W [c; h]), c the mean of the source under
 * softmax of products. Luong et al. 2015, §3.1, eq. 5, with scaled products and without feeding
 * tanh(W [c; h]) back, so that all steps attend at once.
 *
 * @param mix [c; h] → width
 * @param head width → choices
 */
record Seq2SeqNetwork(
    Embedding sources,
    Embedding targets,
    Encoder encoder,
    Stack decoder,
    CrossAttention attention,
    Linear mix,
    Linear head)
    implements PairNetwork {
  private static final double DEVIATION = 0.1;

  static Seq2SeqNetwork create(
      ParameterStore store, Seq2SeqConfig config, int sourceTokens, int targetTokens) {
    int width = config.width();
    int in = config.embedding();
    Initializer vectors = Initializer.normal(DEVIATION);
    Initializer weight = Initializer.glorotUniform();
    return new Seq2SeqNetwork(
        Embedding.create(store.scope("sources"), sourceTokens, in, vectors),
        Embedding.create(store.scope("targets"), targetTokens, in, vectors),
        Encoder.create(store.scope("encoder"), config.cell(), config.layers(), in, width),
        Stack.create(store.scope("decoder"), config.cell(), config.layers(), in, width),
        CrossAttention.create(store.scope("attention"), width, 1, false, weight, weight),
        Linear.create(store.scope("mix"), 2 * width, width, weight, Initializer.zeros()),
        Linear.create(store.scope("head"), width, targetTokens, weight, Initializer.zeros()));
  }

  @Override
  public int choices() {
    return head.out();
  }

  private Encoder.Encoded encode(Tensor source, Tensor lengths, Dropout dropout) {
    Tensor x = dropout.child("source").apply(sources.apply(source)).permute(1, 0, 2);
    return encoder.apply(x, lengths, dropout);
  }

  /** Keys and values of the source: [batch, length, 2, width]. */
  private Tensor memory(Encoder.Encoded encoded) {
    return attention.packed(encoded.outputs().permute(1, 0, 2));
  }

  /** h [batch, time, width] → [batch, time, choices]. */
  private Tensor predict(Tensor h, Tensor memory, Tensor lengths, Dropout dropout) {
    Tensor context = attention.apply(h, memory, lengths);
    Tensor mixed = mix.apply(Tensor.concat(2, context, h)).tanh();
    return head.apply(dropout.child("mix").apply(mixed));
  }

  @Override
  public Tensor logits(Tensor source, Tensor lengths, Tensor target, Dropout dropout) {
    Encoder.Encoded encoded = encode(source, lengths, dropout);
    Tensor x = dropout.child("target").apply(targets.apply(target)).permute(1, 0, 2);
    Tensor h = decoder.unroll(x, encoded.states(), dropout).outputs().permute(1, 0, 2);
    return predict(h, memory(encoded), lengths, dropout);
  }

  @Override
  public Decoding decoding(Backend backend, int rows, int length, int context) {
    return new Kept(backend, rows, length);
  }

  /** What the source left behind, and the decoder's states. */
  private final class Kept implements Decoding {
    private final Stack.Kept first;
    private final Stack.Kept present;
    private final Variable memory;
    private final Variable lengths;

    Kept(Backend backend, int rows, int length) {
      first = decoder.scratch(backend, "first", rows);
      present = decoder.scratch(backend, "present", rows);
      Shape shape = Shape.of(rows, length, 2, attention.depth());
      memory = backend.variable("memory", DType.F32, shape);
      lengths = backend.variable("lengths", DType.I32, Shape.of(rows));
    }

    @Override
    public Map<Variable, Tensor> begin(Tensor source, Tensor sourceLengths, Tensor row) {
      Encoder.Encoded encoded = encode(source, sourceLengths, Dropout.none());
      Map<Variable, Tensor> assigns = new LinkedHashMap<>();
      assigns.put(lengths, lengths.tensor().putRows(row, sourceLengths));
      assigns.put(memory, memory.tensor().putRows(row, memory(encoded)));
      first
          .assign(encoded.states())
          .forEach((held, state) -> assigns.put(held, held.tensor().putRows(row, state)));
      return assigns;
    }

    @Override
    public Step step(Tensor tokens, Tensor positions) {
      int rows = tokens.dim(0);
      Tensor later = positions.toFloat().reshape(rows, 1);
      Tensor begun = Tensor.fill(0, later.shape()).less(later);
      Stack.States start = present.read().where(begun, first.read());
      Stack.Unrolled next = decoder.step(targets.apply(tokens), start);
      Tensor h = next.outputs().permute(1, 0, 2);
      Tensor logits = predict(h, memory.tensor(), lengths.tensor(), Dropout.none());
      return new Step(logits.reshape(rows, choices()), present.assign(next.states()));
    }

    @Override
    public Map<Variable, Tensor> copy(Tensor from) {
      return present.rows(from);
    }
  }
}
