package dev.assay.data.text;

import dev.assay.spi.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words, single punctuation marks and line ends: those that occur at least twice in the training
 * text, the commonest first, then {@code <unk>} for all others, then the end.
 *
 * <p>A word is a run of letters and digits, with apostrophes and hyphens inside it. Other white
 * space is dropped, so that decoding is not an exact inverse: words are joined by single spaces,
 * with none before closing and after opening marks. Scores are of the tokens, not of the spelling
 * of unknown words.
 */
final class WordTokenizer implements Tokenizer {
  private static final int MINIMUM_COUNT = 2;
  private static final String UNKNOWN = "<unk>";
  private static final String NEWLINE = "\n";

  private static final Pattern TOKEN =
      Pattern.compile(
          UNKNOWN + "|\\r\\n?|\\n|[\\p{L}\\p{M}\\p{N}]+(?:['’\\-][\\p{L}\\p{M}\\p{N}]+)*|[^\\s]");

  private static final Pattern NO_SPACE_BEFORE = Pattern.compile("[.,;:!?)\\]}%’”\n]");
  private static final Pattern NO_SPACE_AFTER = Pattern.compile("[(\\[{“\n]");

  private final List<String> words;
  private final Map<String, Integer> tokenOf;
  private final String hash;

  private WordTokenizer(List<String> words) {
    this.words = words;
    tokenOf = HashMap.newHashMap(words.size());
    for (int token = 0; token < words.size(); token++) {
      tokenOf.put(words.get(token), token);
    }
    hash = Fingerprint.of("word/1", words);
  }

  static WordTokenizer of(List<String> train) {
    Map<String, Integer> counts = new HashMap<>();
    for (String text : train) {
      split(text).forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    counts.remove(UNKNOWN);
    return new WordTokenizer(
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= MINIMUM_COUNT)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .map(Map.Entry::getKey)
            .toList());
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String word = matcher.group();
      words.add(word.isBlank() ? NEWLINE : word);
    }
    return words;
  }

  @Override
  public String kind() {
    return "word";
  }

  @Override
  public int size() {
    return words.size() + 2;
  }

  @Override
  public int end() {
    return words.size() + 1;
  }

  @Override
  public int[] encode(String text) {
    return split(text).stream()
        .mapToInt(word -> tokenOf.getOrDefault(word, words.size()))
        .toArray();
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    boolean space = false;
    for (int token : tokens) {
      if (token == PADDING || token == end()) {
        continue;
      }
      Vocabulary.check(token, size());
      String word = token == words.size() ? UNKNOWN : words.get(token);
      if (space && !NO_SPACE_BEFORE.matcher(word).matches()) {
        text.append(' ');
      }
      text.append(word);
      space = !NO_SPACE_AFTER.matcher(word).matches();
    }
    return text.toString();
  }

  @Override
  public String hash() {
    return hash;
  }
}
