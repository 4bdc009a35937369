package dev.assay.spi;

/**
 * Which tokenizer a model wants.
 *
 * @param side texts that its vocabulary comes from
 * @param vocabulary most tokens that {@code bpe}, {@code wordpiece} and {@code unigram} learn, the
 *     end not counted; at least 1
 * @param minimumCount how often a word must occur to be a token of {@code word} and {@code spaced};
 *     at least 1
 */
public record TokenizerSpec(Scheme scheme, Side side, int vocabulary, int minimumCount) {
  private static final int VOCABULARY = 4096;
  private static final int MINIMUM_COUNT = 2;

  /** How text is cut. */
  public enum Scheme {
    /** Bytes of UTF-8. */
    BYTE,
    /** Unicode characters. */
    CHAR,
    /** Words, punctuation marks and line ends; rare words are one unknown token. */
    WORD,
    /** What stands between white space, and line ends; rare ones are one unknown token. */
    SPACED,
    /** Pairs of bytes merged by frequency. */
    BPE,
    /** Pieces of words, merged by likelihood; the longest first. */
    WORDPIECE,
    /** Pieces of bytes, cut by the likeliest way under their probabilities. */
    UNIGRAM
  }

  /** Part of an example. */
  public enum Side {
    X,
    CONDITION,
    BOTH
  }

  public TokenizerSpec {
    if (vocabulary < 1 || minimumCount < 1) {
      throw new IllegalArgumentException(
          "vocabulary "
              + vocabulary
              + " and minimum count "
              + minimumCount
              + " must be at least 1");
    }
  }

  /** For the texts x: 4096 tokens to be learnt, words that occur twice. */
  public static TokenizerSpec of(Scheme scheme) {
    return new TokenizerSpec(scheme, Side.X, VOCABULARY, MINIMUM_COUNT);
  }

  /** The same for the texts of another side. */
  public TokenizerSpec on(Side other) {
    return new TokenizerSpec(scheme, other, vocabulary, minimumCount);
  }
}
