package dev.assay.metrics.retrieval;

import dev.assay.metrics.text.Ngrams;
import dev.assay.metrics.text.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How far an answer agrees with known answers, and with the text it should be drawn from. */
public final class AnswerOverlap {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES = Pattern.compile("(?U)\\b(a|an|the)\\b");

  private AnswerOverlap() {}

  /** Words in lower case, without ASCII punctuation and articles (Rajpurkar et al. 2016). */
  public static List<String> tokens(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return Tokens.words(ARTICLES.matcher(plain).replaceAll(" "));
  }

  /** 1 if the answer equals any of the known ones, else 0. */
  public static double exactMatch(String answer, List<String> known) {
    return known.stream().anyMatch(gold -> tokens(gold).equals(tokens(answer))) ? 1 : 0;
  }

  /** F1 of the words, order ignored, with the known answer that suits best. */
  public static double f1(String answer, List<String> known) {
    return known.stream().mapToDouble(gold -> f1(tokens(answer), tokens(gold))).max().orElse(0);
  }

  private static double f1(List<String> answer, List<String> gold) {
    if (answer.isEmpty() || gold.isEmpty()) {
      return answer.equals(gold) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    gold.forEach(token -> left.merge(token, 1, Integer::sum));
    long common = answer.stream().filter(token -> left.merge(token, -1, Integer::sum) >= 0).count();
    return 2.0 * common / (answer.size() + gold.size());
  }

  /** Share of the answer's n-grams that occur in the context; NaN if it is shorter than n. */
  public static double groundedness(String answer, String context, int n) {
    List<List<String>> ours = Ngrams.all(tokens(answer), n);
    Set<List<String>> theirs = new HashSet<>(Ngrams.all(tokens(context), n));
    return ours.stream().mapToDouble(g -> theirs.contains(g) ? 1 : 0).average().orElse(Double.NaN);
  }
}
