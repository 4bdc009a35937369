package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.Tokenizer;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Windows of tokens out of texts, which each tokenizer encodes once. */
final class TextWindows {
  private final List<String> texts;
  private final boolean stream;
  private final RandomStream offsets;
  private final Map<String, int[][]> encodedBy = new HashMap<>();

  /**
   * @param stream whether the texts are one running text
   * @param offsets a window's place comes from the child numbered by its cursor
   */
  TextWindows(Batch batch, boolean stream, RandomStream offsets) {
    texts = batch.texts().texts();
    this.stream = stream;
    this.offsets = offsets;
  }

  boolean isStream() {
    return stream;
  }

  /** A uniformly placed part of the running text. */
  void cut(Tokenizer tokenizer, long cursor, int[] out, int at, int width) {
    int[] tokens = encoded(tokenizer)[0];
    if (tokens.length < width) {
      throw new IllegalArgumentException(
          "the training text has %d tokens, but a window to predict %d takes %d; shorten the windows"
              .formatted(tokens.length, width - 1, width));
    }
    int from = offsets.child(cursor).nextInt(tokens.length - width + 1);
    System.arraycopy(tokens, from, out, at, width);
  }

  /**
   * Windows {@code number} of {@code rows} equal parts of the running text, beginning anew when the
   * parts are over.
   *
   * @return the windows' place in their parts
   */
  int follow(Tokenizer tokenizer, long number, int[] out, int rows, int width) {
    int[] tokens = encoded(tokenizer)[0];
    int part = (tokens.length - 1) / rows;
    int places = part / (width - 1);
    if (places == 0) {
      throw new IllegalArgumentException(
          "the training text has %d tokens, too few for %d windows to predict %d; use fewer or shorter ones"
              .formatted(tokens.length, rows, width - 1));
    }
    int place = (int) (number % places);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(tokens, row * part + place * (width - 1), out, row * width, width);
    }
    return place;
  }

  /** End, document, end; a uniformly placed part of it if it is longer than the window. */
  void document(Tokenizer tokenizer, int index, long cursor, int[] out, int at, int width) {
    int[] tokens = encoded(tokenizer)[index];
    int from = tokens.length > width ? offsets.child(cursor).nextInt(tokens.length - width + 1) : 0;
    int taken = Math.min(tokens.length, width);
    System.arraycopy(tokens, from, out, at, taken);
    Arrays.fill(out, at + taken, at + width, Tokenizer.PADDING);
  }

  private int[][] encoded(Tokenizer tokenizer) {
    return encodedBy.computeIfAbsent(
        tokenizer.hash(),
        _ ->
            texts.stream()
                .map(text -> stream ? tokenizer.encode(text) : enclosed(tokenizer, text))
                .toArray(int[][]::new));
  }

  private static int[] enclosed(Tokenizer tokenizer, String text) {
    int[] inner = tokenizer.encode(text);
    int[] tokens = new int[inner.length + 2];
    System.arraycopy(inner, 0, tokens, 1, inner.length);
    tokens[0] = tokenizer.end();
    tokens[tokens.length - 1] = tokenizer.end();
    return tokens;
  }
}
