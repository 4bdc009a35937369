package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Rouge;
import dev.assay.spi.Metric;
import java.util.List;

/**
 * F of the longest common subsequence of words with the reference that suits best, mean over
 * sources.
 */
@AutoService(Metric.class)
public final class RougeMetric extends PairMetric {
  public RougeMetric() {
    super("rouge-l", "ROUGE-L", "1", Direction.HIGHER, 1, "Lin 2004, ROUGE", References.ALL);
  }

  @Override
  double[] counts(String text, List<String> known) {
    List<String> words = Rouge.words(text);
    double best =
        known.stream()
            .mapToDouble(reference -> Rouge.longest(words, Rouge.words(reference)).f())
            .max()
            .orElse(0);
    return new double[] {best, 1};
  }

  @Override
  double score(double[] sums) {
    return ratio(sums);
  }

  @Override
  String settings() {
    return "tok:a-z0-9|stem:no|refs:all";
  }
}
