package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Dropout;
import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Token embeddings, recurrent layers, and logits of the next token.
 *
 * @param tokens [inputs, embedding]
 * @param head width → choices, or null where the token embeddings serve (Press and Wolf 2017)
 * @param bias [choices], of logits by the token embeddings, or null
 * @param choices tokens that can follow: the first ones of the table
 */
record LanguageNetwork(
    Embedding tokens, Stack stack, @Nullable Linear head, @Nullable Parameter bias, int choices) {
  private static final double DEVIATION = 0.1;

  static LanguageNetwork create(
      ParameterStore store, LanguageConfig config, Cell.Kind kind, int inputs, int choices) {
    int width = config.width();
    Embedding tokens =
        Embedding.create(
            store.scope("tokens"), inputs, config.inputWidth(), Initializer.normal(DEVIATION));
    Stack stack =
        Stack.create(store.scope("layers"), kind, config.layers(), config.inputWidth(), width);
    Initializer weight = Initializer.uniform(1 / Math.sqrt(width));
    return config.tied()
        ? new LanguageNetwork(
            tokens,
            stack,
            null,
            store.parameter("bias", Shape.of(choices), Initializer.zeros()),
            choices)
        : new LanguageNetwork(
            tokens,
            stack,
            Linear.create(store.scope("head"), width, choices, weight, Initializer.zeros()),
            null,
            choices);
  }

  /** Logits of the successors, and the states after the last token. */
  record Predicted(Tensor logits, Stack.States states) {}

  /** Tokens I32 [time, batch] after states → logits [time, batch, choices]. */
  Predicted predict(Tensor ids, Stack.States start, Dropout dropout) {
    Tensor x = dropout.child("embedding").apply(tokens.apply(ids));
    Stack.Unrolled unrolled = stack.unroll(x, start, dropout);
    return new Predicted(logits(unrolled.outputs()), unrolled.states());
  }

  private Tensor logits(Tensor h) {
    if (head != null) {
      return head.apply(h);
    }
    Tensor table = tokens.table().value().slice(0, 0, choices);
    Tensor y = h.matmul(table.transpose(0, 1));
    return bias == null ? y : y.add(bias.value());
  }
}
