package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words and line ends, as {@link Words}. Scores are of the tokens, not of the spelling of unknown
 * words.
 */
final class WordTokenizer implements Tokenizer {
  static final String WORD_RULES = "word/1";
  static final String SPACED_RULES = "spaced/1";

  /** What a word is, and how words are joined. */
  enum Cut {
    /**
     * A run of letters and digits, with apostrophes and hyphens inside it, or a single punctuation
     * mark. Other white space is dropped, so that decoding is not an exact inverse: words are
     * joined by single spaces, with none before closing and after opening marks.
     */
    WORD(
        WORD_RULES,
        Words.UNKNOWN
            + "|\\r\\n?|\\n|[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|[^\\s]",
        "[.,;:!?)\\]}%’”\n]",
        "[(\\[{“\n]"),

    /**
     * What stands between white space: for text that is cut into words already. An exact inverse on
     * known words that are joined by single spaces.
     */
    SPACED(SPACED_RULES, "\\n|[^\\s]+", "\n", "\n");

    private final String rules;
    private final Pattern token;
    private final Pattern noSpaceBefore;
    private final Pattern noSpaceAfter;

    Cut(String rules, String token, String noSpaceBefore, String noSpaceAfter) {
      this.rules = rules;
      this.token = Pattern.compile(token);
      this.noSpaceBefore = Pattern.compile(noSpaceBefore);
      this.noSpaceAfter = Pattern.compile(noSpaceAfter);
    }

    private Stream<String> split(String text) {
      return token
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .map(word -> word.isBlank() ? Words.NEWLINE : word);
    }
  }

  private final Cut cut;
  private final Words words;
  private final String hash;

  WordTokenizer(Cut cut, Words words) {
    this.cut = cut;
    this.words = words;
    hash = Fingerprint.of(definition());
  }

  /**
   * @param minimumCount how often a word must occur in the training texts to be known
   */
  static WordTokenizer train(Cut cut, List<String> train, int minimumCount) {
    return new WordTokenizer(cut, Words.of(train, cut::split, minimumCount));
  }

  static WordTokenizer of(Cut cut, List<String> definition) {
    return new WordTokenizer(cut, new Words(Vocabulary.entries(definition)));
  }

  @Override
  public String kind() {
    return switch (cut) {
      case WORD -> "word";
      case SPACED -> "spaced";
    };
  }

  @Override
  public int size() {
    return words.size();
  }

  @Override
  public int end() {
    return words.end();
  }

  @Override
  public int[] encode(String text) {
    return cut.split(text).mapToInt(words::token).toArray();
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    boolean space = false;
    for (int token : Vocabulary.ofText(this, tokens)) {
      String word = words.word(token);
      if (space && !cut.noSpaceBefore.matcher(word).matches()) {
        text.append(' ');
      }
      text.append(word);
      space = !cut.noSpaceAfter.matcher(word).matches();
    }
    return text.toString();
  }

  @Override
  public List<String> definition() {
    return Vocabulary.definition(cut.rules, words.all());
  }

  @Override
  public String hash() {
    return hash;
  }
}
