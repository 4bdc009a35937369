package dev.assay.data.text;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Tokens of pre-tokens; the commonest recur so often that few are ever computed twice. */
final class PieceCache {
  private static final int MOST_ENTRIES = 1 << 17;
  private static final int MOST_CHARACTERS = 64;

  private final Map<String, int[]> known = new ConcurrentHashMap<>();
  private final Function<String, int[]> encoder;

  /**
   * @param encoder tokens of one pre-token
   */
  PieceCache(Function<String, int[]> encoder) {
    this.encoder = encoder;
  }

  /** Tokens of a text, pre-token by pre-token. */
  int[] encode(String text) {
    int[] tokens = new int[16 + text.length() / 3];
    int size = 0;
    for (int from = 0; from < text.length(); ) {
      int end = PreTokens.end(text, from);
      int[] piece = piece(text.substring(from, end));
      if (size + piece.length > tokens.length) {
        tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, size + piece.length));
      }
      System.arraycopy(piece, 0, tokens, size, piece.length);
      size += piece.length;
      from = end;
    }
    return Arrays.copyOf(tokens, size);
  }

  private int[] piece(String preToken) {
    int[] tokens = known.get(preToken);
    if (tokens == null) {
      tokens = encoder.apply(preToken);
      if (preToken.length() <= MOST_CHARACTERS && known.size() < MOST_ENTRIES) {
        known.put(preToken, tokens);
      }
    }
    return tokens;
  }
}
