package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.decoding.Continuation;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.RandomStream;
import java.util.List;

/**
 * How examples are sequences of tokens. Tokens are numbered so that those which can be predicted
 * come first, and the start, which stands before every sequence, is the last of all.
 */
sealed interface TokenData permits TextTokens, ImageTokens {
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

  /**
   * Windows for training: count · (context + 1) tokens, −1 where there is none. Inputs are the
   * first {@code context} of each, targets the last.
   *
   * @param random for choices of the form's own
   */
  int[] windows(BatchSource batches, int count, RandomStream random);

  /** Training examples in so many windows, as {@link BatchSource} counts them. */
  long examples(int windows);

  /** Predictions that make up the unit of the reported loss. */
  int lossUnit();

  /** The start and the tokens of each example, with the end where it is predicted. */
  List<int[]> sequences(Values x);

  /** What to complete for one sample. */
  Continuation continuation(TextSampler sampler, RandomStream random);

  /** The samples, from the tokens that were added to each. */
  Values values(List<int[]> added, TextSampler sampler);

  /** Writes what a checkpoint must know of the tokens. */
  default void save(StateStore state) {}

  /**
   * Makes sure that a checkpoint has the same tokens.
   *
   * @throws IllegalStateException if not
   */
  default void check(StateStore state) {}
}
