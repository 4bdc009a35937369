package dev.assay.spi;

/**
 * The training split, as a model pulls it. The harness owns the order and the cursor, so that a resumed run sees what an
 * uninterrupted one would have seen. Random preprocessing (dequantisation, stochastic binarisation) is drawn afresh.
 */
public interface BatchSource {
  /** Number of training examples: one epoch. */
  int size();

  /** The next {@code count} examples; each epoch is a fresh random order, and batches run across epoch ends. */
  Batch next(int count);

  /** The whole training split in stored order: for closed forms and EM. Counts as {@link #size} examples. */
  Batch all();

  /**
   * Random windows of the training text for next-token prediction.
   *
   * @param length tokens to predict in a window
   * @return count · (length + 1) tokens, window after window: inputs are the first {@code length}, targets the last. A
   *     stream gives windows at random offsets; documents are packed as end, tokens, end and windows are cut or filled up
   *     with {@link Tokenizer#PADDING}
   */
  int[] windows(Tokenizer tokenizer, int count, int length);
}
