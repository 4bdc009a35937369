package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.string;
import static dev.assay.metrics.GoldenInputs.strings;

import dev.assay.metrics.text.Bleu;
import dev.assay.metrics.text.Chrf;
import dev.assay.metrics.text.Diversity;
import dev.assay.metrics.text.Edits;
import dev.assay.metrics.text.Rouge;
import dev.assay.metrics.text.Ter;
import dev.assay.metrics.text.Tokens;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Golden cases of scores of text. */
final class GoldenText {
  private static final Bleu.Smoothing EXPONENTIAL = new Bleu.Smoothing.Exponential();

  /** Such as {@code floor0.1_13a} or {@code exp_char_lowercase}. */
  private static final Pattern SENTENCE =
      Pattern.compile("(exp|none|floor|addk)([0-9.]*)_(13a|none|intl|char)(_lowercase)?");

  private GoldenText() {}

  static Map<String, Object> bleu(JsonNode in) {
    Bleu bleu = new Bleu(Tokens.NONE, false, EXPONENTIAL, false, 4);
    Bleu bare = new Bleu(Tokens.NONE, false, new Bleu.Smoothing.None(), false, 4);
    List<String> hypotheses = strings(in, "hyps");
    List<String> others = strings(in, "hyps_b");
    Bleu.Score score = bleu.corpus(hypotheses, sets(in.get("refs")));
    Bleu.Score other = bleu.corpus(others, sets(in.get("refs_b")));
    return Map.of(
        "exp", score.score(),
        "none", bare.corpus(hypotheses, sets(in.get("refs"))).score(),
        "counts", numbers(score.counts()),
        "totals", numbers(score.totals()),
        "hyp_len", score.hypothesisLength(),
        "ref_len", score.referenceLength(),
        "b_exp", other.score(),
        "b_none", bare.corpus(others, sets(in.get("refs_b"))).score(),
        "b_counts", numbers(other.counts()),
        "b_totals", numbers(other.totals()));
  }

  static Map<String, Object> publishedBleu(JsonNode in, JsonNode expected) {
    List<String> hypotheses = strings(in, "hyps");
    List<List<String>> references = sets(in.get("refs"));
    Map<String, Object> got = new LinkedHashMap<>();
    for (String tokens : List.of("13a", "none", "intl")) {
      Bleu bleu = new Bleu(Tokens.named(tokens), false, EXPONENTIAL, false, 4);
      got.put(tokens, bleu.corpus(hypotheses, references).score());
    }
    Map<String, Object> orders = new LinkedHashMap<>();
    for (String order : expected.get("max_ngram_order").propertyNames()) {
      Bleu bleu = new Bleu(Tokens.MTEVAL_13A, false, EXPONENTIAL, false, Integer.parseInt(order));
      orders.put(order, bleu.corpus(hypotheses, references).score());
    }
    got.put("max_ngram_order", orders);
    return got;
  }

  static Map<String, Object> publishedRun(JsonNode in) {
    List<String> hypotheses = strings(in, "hyps");
    List<List<String>> references = sets(in.get("refs"));
    Bleu.Score score = Bleu.CORPUS.corpus(hypotheses, references);
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("bleu", score.score());
    got.put("counts", numbers(score.counts()));
    got.put("totals", numbers(score.totals()));
    got.put("bp", score.brevityPenalty());
    got.put("hyp_len", score.hypothesisLength());
    got.put("ref_len", score.referenceLength());
    got.put("bleu_signature", Bleu.CORPUS.signature(references.size()));
    got.put("chrf2", Chrf.CHRF.corpus(hypotheses, references));
    got.put("chrf2_signature", Chrf.CHRF.signature(references.size()));
    got.put("chrfpp", Chrf.CHRF_PLUS_PLUS.corpus(hypotheses, references));
    got.put("ter", Ter.corpus(hypotheses, references));
    got.put("ter_signature", Ter.signature(references.size()));
    return got;
  }

  static Map<String, Object> publishedSentence(JsonNode in, JsonNode expected) {
    return expected.propertyNames().stream()
        .collect(Collectors.toMap(Function.identity(), key -> sentence(key, in)));
  }

  private static double sentence(String key, JsonNode in) {
    Matcher parts = SENTENCE.matcher(key);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a way of scoring: " + key);
    }
    Bleu.Smoothing smoothing =
        switch (parts.group(1)) {
          case "exp" -> EXPONENTIAL;
          case "none" -> new Bleu.Smoothing.None();
          case "floor" -> new Bleu.Smoothing.Floor(Double.parseDouble(parts.group(2)));
          default -> new Bleu.Smoothing.AddK(Double.parseDouble(parts.group(2)));
        };
    Bleu bleu = new Bleu(Tokens.named(parts.group(3)), parts.group(4) != null, smoothing, true, 4);
    return bleu.sentence(string(in, "hyp"), List.of(string(in, "ref"))).score();
  }

  static Map<String, Object> tokenizer(JsonNode expected) {
    return expected.propertyNames().stream()
        .collect(
            Collectors.toMap(
                Function.identity(), text -> String.join(" ", Tokens.MTEVAL_13A.of(text))));
  }

  static Map<String, Object> chrf(JsonNode in) {
    List<String> hypotheses = strings(in, "hyps");
    List<List<String>> references = List.of(strings(in, "refs"));
    return Map.of(
        "chrf2", Chrf.CHRF.corpus(hypotheses, references),
        "chrfpp", Chrf.CHRF_PLUS_PLUS.corpus(hypotheses, references));
  }

  static List<Object> publishedChrf(JsonNode expected) {
    return answered(
        expected,
        pair -> {
          Chrf chrf = new Chrf(6, 0, 3, pair.get("eps").asBoolean());
          return Map.of("v", chrf.corpus(hypothesis(pair), reference(pair)));
        });
  }

  static List<Object> publishedTer(JsonNode expected) {
    return answered(expected, pair -> Map.of("v", Ter.corpus(hypothesis(pair), reference(pair))));
  }

  static Map<String, Object> rouge(JsonNode in) {
    List<String> references = strings(in, "refs");
    List<String> hypotheses = strings(in, "hyps");
    List<Map<String, Map<String, Double>>> pairs =
        IntStream.range(0, references.size())
            .mapToObj(i -> scores(Tokens.words(hypotheses.get(i)), Tokens.words(references.get(i))))
            .toList();
    Map<String, Object> means =
        pairs.getFirst().keySet().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    kind ->
                        pairs.stream()
                            .mapToDouble(pair -> pair.get(kind).get("f"))
                            .average()
                            .orElseThrow()));
    return Map.of("pairs", pairs, "mean_f", means);
  }

  private static Map<String, Map<String, Double>> scores(
      List<String> hypothesis, List<String> reference) {
    return Map.of(
        "rouge1", named(Rouge.ngrams(hypothesis, reference, 1)),
        "rouge2", named(Rouge.ngrams(hypothesis, reference, 2)),
        "rougeL", named(Rouge.longest(hypothesis, reference)));
  }

  static List<Object> publishedRouge(JsonNode expected) {
    return answered(
        expected,
        pair -> {
          List<List<String>> hypothesis = sentences(string(pair, "hyp"));
          List<List<String>> reference = sentences(string(pair, "ref"));
          return named(
              string(pair, "type").equals("rougeLsum")
                  ? Rouge.summary(hypothesis, reference)
                  : single(string(pair, "type"), hypothesis, reference));
        });
  }

  private static Rouge single(
      String kind, List<List<String>> hypothesis, List<List<String>> reference) {
    List<String> ours = hypothesis.stream().flatMap(List::stream).toList();
    List<String> theirs = reference.stream().flatMap(List::stream).toList();
    return kind.equals("rougeL")
        ? Rouge.longest(ours, theirs)
        : Rouge.ngrams(ours, theirs, Integer.parseInt(kind.substring("rouge".length())));
  }

  private static List<List<String>> sentences(String text) {
    return text.lines().map(Rouge::words).toList();
  }

  private static Map<String, Double> named(Rouge rouge) {
    return Map.of("p", rouge.precision(), "r", rouge.recall(), "f", rouge.f());
  }

  static Map<String, Object> errorRates(JsonNode in) {
    List<String> references = strings(in, "refs");
    List<String> hypotheses = strings(in, "hyps");
    List<Edits> words = edits(references, hypotheses, Tokens::words);
    Edits total = words.stream().reduce(Edits::plus).orElseThrow();
    Edits characters =
        edits(references, hypotheses, Tokens::characters).stream()
            .reduce(Edits::plus)
            .orElseThrow();
    return Map.of(
        "edits", words.stream().map(Edits::count).toList(),
        "wer", total.errorRate(),
        "mean_sentence_wer", total.errorRate(),
        "cer", characters.errorRate(),
        "ser", words.stream().mapToInt(e -> e.count() > 0 ? 1 : 0).average().orElseThrow());
  }

  private static List<Edits> edits(
      List<String> references, List<String> hypotheses, Function<String, List<String>> cut) {
    return IntStream.range(0, references.size())
        .mapToObj(i -> Edits.between(cut.apply(references.get(i)), cut.apply(hypotheses.get(i))))
        .toList();
  }

  static List<Object> publishedErrorRates(JsonNode expected) {
    return answered(
        expected,
        pair -> {
          Edits edits =
              Edits.between(Tokens.words(string(pair, "ref")), Tokens.words(string(pair, "hyp")));
          return Map.of(
              "wer", edits.errorRate(),
              "mer", edits.matchErrorRate(),
              "wil", edits.informationLost());
        });
  }

  static Map<String, Object> diversity(JsonNode in) {
    List<List<String>> texts = strings(in, "texts").stream().map(Tokens::words).toList();
    double[] scores = Diversity.selfBleu(texts, 2);
    return Map.of(
        "distinct1", Diversity.distinct(texts, 1),
        "distinct2", Diversity.distinct(texts, 2),
        "self_bleu2", Arrays.stream(scores).average().orElseThrow(),
        "per_sentence", scores);
  }

  /** The entries of a list of expectations, their answers computed, all else as it stands. */
  private static List<Object> answered(
      JsonNode expected, Function<JsonNode, Map<String, Double>> answer) {
    return expected
        .valueStream()
        .<Object>map(pair -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          pair.properties()
              .forEach(property -> {
                if (!property.getValue().isNumber()) {
                  entry.put(property.getKey(), plain(property.getValue()));
                }
              });
          entry.putAll(answer.apply(pair));
          return entry;
        })
        .toList();
  }

  private static Object plain(JsonNode value) {
    return value.isBoolean() ? (Object) value.asBoolean() : value.asString();
  }

  private static List<String> hypothesis(JsonNode pair) {
    return List.of(string(pair, "hyp"));
  }

  private static List<List<String>> reference(JsonNode pair) {
    return List.of(List.of(string(pair, "ref")));
  }

  private static List<List<String>> sets(JsonNode references) {
    return references.valueStream().map(GoldenInputs::strings).toList();
  }

  private static double[] numbers(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
