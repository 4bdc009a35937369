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
   * The next {@code count} examples of text, of about the same length, so that little of a batch is
   * padding: each epoch's random order is sorted by length within stretches of many batches, and
   * the batches come in random order.
   *
   * @throws IllegalStateException if x is not separate texts
   */
  Batch alike(int count);

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

  /**
   * The next windows of one running text, for models that carry their state on: the text is cut
   * into {@code count} equal parts, and row r reads part r, each window beginning with the last
   * token of the one before. What is left at the end of a part is too short for a window and is not
   * read.
   *
   * @param length tokens to predict in a window
   * @throws IllegalStateException if the data are not one running text
   */
  Consecutive consecutive(Tokenizer tokenizer, int count, int length);

  /**
   * Windows that follow one another.
   *
   * @param tokens count · (length + 1) of them, window after window
   * @param begins whether these are the first windows of the parts
   */
  record Consecutive(int[] tokens, boolean begins) {}
}
