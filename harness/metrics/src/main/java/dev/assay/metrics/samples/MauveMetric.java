package dev.assay.metrics.samples;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.metrics.distribution.Mauve;
import dev.assay.metrics.text.Ngrams;
import dev.assay.spi.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The area under the divergence frontier of the pairs of characters in samples and held-out texts,
 * of equally many characters. It quantises by pairs, not by a language model's embeddings, so it
 * does not compare with published MAUVE.
 */
@AutoService(Metric.class)
public final class MauveMetric extends TextMetric {
  private static final int MOST = 100_000;

  public MauveMetric() {
    super(
        "mauve-bigrams",
        new Info(
            "MAUVE of pairs of characters",
            "1",
            Direction.HIGHER,
            0,
            1,
            20,
            "Pillutla et al. 2021, MAUVE, over histograms of pairs of characters"));
  }

  @Override
  Statistics.Mean value(List<String> samples, List<String> held) {
    int count = Math.min(MOST, Math.min(length(samples), length(held)));
    Map<List<String>, Integer> ours = pairs(samples, count);
    Map<List<String>, Integer> theirs = pairs(held, count);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Statistics.Mean.withoutInterval(Double.NaN);
    }
    List<List<String>> all = new ArrayList<>(ours.keySet());
    theirs.keySet().stream().filter(pair -> !ours.containsKey(pair)).forEach(all::add);
    return Statistics.Mean.withoutInterval(
        Mauve.score(histogram(all, ours), histogram(all, theirs)));
  }

  private static Histogram histogram(List<List<String>> pairs, Map<List<String>, Integer> counts) {
    return Histogram.of(pairs.stream().mapToDouble(pair -> counts.getOrDefault(pair, 0)).toArray());
  }

  private static int length(List<String> texts) {
    return texts.stream().mapToInt(String::length).sum();
  }

  /** Of the first texts that hold so many characters; the last of them is cut. */
  private static Map<List<String>, Integer> pairs(List<String> texts, int characters) {
    Map<List<String>, Integer> pairs = new HashMap<>();
    int left = characters;
    for (List<String> text : characters(texts)) {
      List<String> kept = text.subList(0, Math.min(left, text.size()));
      Ngrams.counts(kept, 2).forEach((pair, times) -> pairs.merge(pair, times, Integer::sum));
      left -= kept.size();
    }
    return pairs;
  }

  @Override
  String settings() {
    return "|bins:char-pairs|characters:" + MOST;
  }
}
