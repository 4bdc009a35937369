package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.spi.text.TokenModel;
import dev.assay.tensor.RandomStream;
import java.util.List;

/**
 * How examples are sequences of tokens. Tokens are numbered so that those which can be predicted
 * come first, and the start, which stands before every sequence, is the last of all.
 */
sealed interface TokenData extends TokenModel.Tokens permits TextTokens, PromptTokens, ImageTokens {
  /** Tokens that can be read, the start included. */
  int inputs();

  /** Tokens that can be predicted: 0 … choices − 1. */
  int choices();

  /** Most tokens read at once. */
  int context();

  /** The start. */
  default int start() {
    return inputs() - 1;
  }

  /** Whether sequences are told under conditions of the data. */
  default boolean conditional() {
    return false;
  }

  /**
   * Rows for training, one for each example or window.
   *
   * @param random for choices of the form's own
   */
  Rows rows(BatchSource batches, int count, RandomStream random);

  /** Training examples in so many windows, as {@link BatchSource} counts them. */
  long examples(int windows);

  /** Predictions that make up the unit of the reported loss. */
  int lossUnit();

  /**
   * What is scored of one example.
   *
   * @param tokens the start first
   * @param from the first token that is predicted, at least 1
   */
  record Sequence(int[] tokens, int from) {}

  /** The start and the tokens of each example, with the end where it is predicted. */
  List<Sequence> sequences(Batch batch);

  /**
   * What to complete for samples.
   *
   * @param random decides each sample's tokens
   */
  List<Continuation> continuations(
      Values conditions, TextSampler sampler, List<RandomStream> random);

  /** The samples, from the tokens that were added to each. */
  Values values(List<int[]> added, TextSampler sampler);

  @Override
  default void save(StateStore state) {}

  @Override
  default void check(StateStore state) {}
}
