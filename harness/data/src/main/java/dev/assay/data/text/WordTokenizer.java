package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words, single punctuation marks and line ends, as {@link Words}.
 *
 * <p>A word is a run of letters and digits, with apostrophes and hyphens inside it. Other white
 * space is dropped, so that decoding is not an exact inverse: words are joined by single spaces,
 * with none before closing and after opening marks. Scores are of the tokens, not of the spelling
 * of unknown words.
 */
final class WordTokenizer implements Tokenizer {
  static final String RULES = "word/1";

  private static final Pattern TOKEN =
      Pattern.compile(
          Words.UNKNOWN
              + "|\\r\\n?|\\n|[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|[^\\s]");

  private static final Pattern NO_SPACE_BEFORE = Pattern.compile("[.,;:!?)\\]}%’”\n]");
  private static final Pattern NO_SPACE_AFTER = Pattern.compile("[(\\[{“\n]");

  private final Words words;
  private final String hash;

  WordTokenizer(Words words) {
    this.words = words;
    hash = Fingerprint.of(definition());
  }

  static WordTokenizer of(List<String> train, int minimumCount) {
    return new WordTokenizer(Words.of(train, WordTokenizer::split, minimumCount));
  }

  private static Stream<String> split(String text) {
    return TOKEN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(word -> word.isBlank() ? Words.NEWLINE : word);
  }

  @Override
  public String kind() {
    return "word";
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
    return split(text).mapToInt(words::token).toArray();
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    boolean space = false;
    for (int token : Vocabulary.ofText(this, tokens)) {
      String word = words.word(token);
      if (space && !NO_SPACE_BEFORE.matcher(word).matches()) {
        text.append(' ');
      }
      text.append(word);
      space = !NO_SPACE_AFTER.matcher(word).matches();
    }
    return text.toString();
  }

  @Override
  public List<String> definition() {
    return Vocabulary.definition(RULES, words.all());
  }

  @Override
  public String hash() {
    return hash;
  }
}
