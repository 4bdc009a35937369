package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands between white space, and line ends, as {@link Words}: for text that is cut into words
 * already. An exact inverse on known words that are joined by single spaces.
 */
final class SpacedTokenizer implements Tokenizer {
  static final String RULES = "spaced/1";

  private static final Pattern TOKEN = Pattern.compile("\\n|[^\\s]+");

  private final Words words;
  private final String hash;

  SpacedTokenizer(Words words) {
    this.words = words;
    hash = Fingerprint.of(definition());
  }

  static SpacedTokenizer of(List<String> train, int minimumCount) {
    return new SpacedTokenizer(Words.of(train, SpacedTokenizer::split, minimumCount));
  }

  private static Stream<String> split(String text) {
    return TOKEN.matcher(text).results().map(MatchResult::group);
  }

  @Override
  public String kind() {
    return "spaced";
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
    for (int token : Vocabulary.ofText(this, tokens)) {
      String word = words.word(token);
      boolean first = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      text.append(first || word.equals(Words.NEWLINE) ? "" : " ").append(word);
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
