package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces of words, as BERT cuts them (Devlin et al. 2019, §3; Wu et al. 2016, §4.1): a word is cut
 * into the longest known pieces from left to right; one that cannot be is the unknown token. Words
 * are what stands between white space; punctuation, symbols and ideographs stand alone. Capitals
 * and accents are kept.
 *
 * <p>Decoding joins words by single spaces, so that it is no exact inverse. Scores are of the
 * tokens, not of the spelling of unknown words.
 */
final class WordPieceTokenizer implements Tokenizer {
  static final String RULES = "wordpiece/1";

  /** Begins a piece that does not begin a word. */
  static final String CONTINUATION = "##";

  private static final String UNKNOWN = "[UNK]";
  private static final int LONGEST_WORD = 100;

  private final List<String> pieces;
  private final Map<String, Integer> tokenOf;
  private final int longest;
  private final String hash;

  private WordPieceTokenizer(List<String> pieces) {
    this.pieces = List.copyOf(pieces);
    tokenOf = HashMap.newHashMap(pieces.size());
    for (int token = 0; token < pieces.size(); token++) {
      tokenOf.put(pieces.get(token), token);
    }
    longest = pieces.stream().mapToInt(String::length).max().orElse(0);
    hash = Fingerprint.of(definition());
  }

  /**
   * @param vocabulary most tokens but the end, the unknown one included
   */
  static WordPieceTokenizer train(List<String> texts, int vocabulary) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> words(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
    return new WordPieceTokenizer(WordPieceTrainer.pieces(counts, vocabulary - 1));
  }

  static WordPieceTokenizer of(List<String> definition) {
    return new WordPieceTokenizer(Vocabulary.entries(definition));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      boolean inside = isWord(c);
      if (start >= 0 && !inside) {
        words.add(text.substring(start, at));
        start = -1;
      }
      if (inside && start < 0) {
        start = at;
      } else if (!inside && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        words.add(Character.toString(c));
      }
      at += Character.charCount(c);
    }
    if (start >= 0) {
      words.add(text.substring(start));
    }
    return words;
  }

  private static boolean isWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    };
  }

  @Override
  public String kind() {
    return "wordpiece";
  }

  @Override
  public int size() {
    return pieces.size() + 2;
  }

  @Override
  public int end() {
    return pieces.size() + 1;
  }

  private int unknown() {
    return pieces.size();
  }

  @Override
  public int[] encode(String text) {
    List<Integer> tokens = new ArrayList<>();
    words(text).forEach(word -> encode(word, tokens));
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  private void encode(String word, List<Integer> tokens) {
    int before = tokens.size();
    int from = 0;
    while (from < word.length() && word.length() <= LONGEST_WORD) {
      int end = Math.min(word.length(), from + longest);
      Integer token = null;
      for (; end > from && token == null; end--) {
        String piece = word.substring(from, end);
        token = tokenOf.get(from == 0 ? piece : CONTINUATION + piece);
      }
      if (token == null) {
        break;
      }
      tokens.add(token);
      from = end + 1;
    }
    if (from < word.length()) {
      tokens.subList(before, tokens.size()).clear();
      tokens.add(unknown());
    }
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : Vocabulary.ofText(this, tokens)) {
      String piece = token == unknown() ? UNKNOWN : pieces.get(token);
      if (piece.length() > CONTINUATION.length() && piece.startsWith(CONTINUATION)) {
        text.append(piece, CONTINUATION.length(), piece.length());
      } else {
        text.append(text.isEmpty() ? "" : " ").append(piece);
      }
    }
    return text.toString();
  }

  @Override
  public List<String> definition() {
    return Vocabulary.definition(RULES, pieces);
  }

  @Override
  public String hash() {
    return hash;
  }
}
