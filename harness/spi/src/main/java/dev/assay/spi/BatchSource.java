package dev.assay.spi;

/**
 * The training split, as a model pulls it. The harness owns the order and the cursor, so that a
 * resumed run sees what an uninterrupted one would have seen. Random preprocessing (dequantisation,
 * stochastic binarisation) is drawn afresh.
 */
public interface BatchSource {
  /**
   * Number of training examples: one epoch. Of one running text, its characters; a window counts as
   * the tokens it predicts.
   */
  int size();

  /**
   * The next {@code count} examples; each epoch is a fresh random order, and batches run across
   * epoch ends.
   *
   * @throws IllegalStateException if the data are one running text
   */
  Batch next(int count);

  /**
   * The whole training split in stored order: for closed forms and EM. Random preprocessing is one
   * draw, the same at each call. Counts as {@link #size} examples.
   */
  Batch all();

  /**
   * Random windows of the training text for next-token prediction.
   *
   * <p>A stream gives windows at uniformly random offsets. Documents come in a fresh random order
   * at each epoch, one to a window: end, tokens, end, filled up with {@link Tokenizer#PADDING}; of
   * a longer one the window is a part at a uniformly random offset.
   *
   * @param length tokens to predict in a window
   * @return count · (length + 1) tokens, window after window: inputs are the first {@code length},
   *     targets the last
   * @throws IllegalStateException if the data are no text
   */
  int[] windows(Tokenizer tokenizer, int count, int length);
}
