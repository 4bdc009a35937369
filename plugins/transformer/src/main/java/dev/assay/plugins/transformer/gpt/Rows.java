package dev.assay.plugins.transformer.gpt;

import java.util.Arrays;

/**
 * Rows of an update: texts, or parts of them, and what is to be predicted after each token.
 *
 * @param count of rows
 * @param context places of a row
 * @param tokens [count, context], as the model reads them; −1 for none
 * @param targets [count, context]: the tokens to be predicted; −1 for none
 * @param documents [count, context]: which of its row's texts a token belongs to, the first being 0
 * @param places [count, context]: place of a token in its text
 */
record Rows(int count, int context, int[] tokens, int[] targets, int[] documents, int[] places) {
  private static final int NONE = -1;

  private Rows(int count, int context) {
    this(
        count,
        context,
        new int[count * context],
        new int[count * context],
        new int[count * context],
        new int[count * context]);
    Arrays.fill(tokens, NONE);
    Arrays.fill(targets, NONE);
    Arrays.fill(documents, NONE);
  }

  /**
   * One text to a row.
   *
   * @param windows texts of context + 1 tokens, −1 where there is none: inputs are the first {@code
   *     context} of each, targets the last
   */
  static Rows of(int[] windows, int context) {
    Rows rows = new Rows(windows.length / (context + 1), context);
    for (int row = 0; row < rows.count; row++) {
      int from = row * (context + 1);
      int to = row * context;
      System.arraycopy(windows, from, rows.tokens, to, context);
      System.arraycopy(windows, from + 1, rows.targets, to, context);
      for (int i = 0; i < context; i++) {
        rows.documents[to + i] = rows.tokens[to + i] < 0 ? NONE : 0;
        rows.places[to + i] = i;
      }
    }
    return rows;
  }

  /** Tokens to be predicted. */
  int predicted() {
    int predicted = 0;
    for (int target : targets) {
      predicted += target >= 0 ? 1 : 0;
    }
    return predicted;
  }

  /**
   * The same texts in fewer rows, each in the first that has room for it.
   *
   * @param step what the number of rows is rounded up to, so that few programs serve
   */
  Rows packed(int step) {
    int[] row = new int[count];
    int[] used = new int[count];
    int[] texts = new int[count];
    int needed = 0;
    for (int i = 0; i < count; i++) {
      while (used[row[i]] + length(i) > context) {
        row[i]++;
      }
      used[row[i]] += length(i);
      needed = Math.max(needed, row[i] + 1);
    }
    Rows packed = new Rows((needed + step - 1) / step * step, context);
    Arrays.fill(used, 0);
    for (int i = 0; i < count; i++) {
      int from = i * context;
      int to = row[i] * context + used[row[i]];
      int length = length(i);
      System.arraycopy(tokens, from, packed.tokens, to, length);
      System.arraycopy(targets, from, packed.targets, to, length);
      System.arraycopy(places, from, packed.places, to, length);
      Arrays.fill(packed.documents, to, to + length, texts[row[i]]++);
      used[row[i]] += length;
    }
    return packed;
  }

  /** Places of a row up to the last at which something is predicted. */
  private int length(int row) {
    int length = context;
    while (length > 0 && targets[row * context + length - 1] < 0) {
      length--;
    }
    return length;
  }
}
