package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.Metric;
import java.util.List;

/** Share of sources whose text equals a reference but for white space. */
@AutoService(Metric.class)
public final class ExactMatchMetric extends PairMetric {
  public ExactMatchMetric() {
    super(
        "exact-match",
        "Exact match",
        "1",
        Direction.HIGHER,
        1,
        "Share of texts that equal a reference token by token",
        References.ALL);
  }

  @Override
  double[] counts(String text, List<String> known) {
    List<String> tokens = Tokens.words(text);
    boolean equal = known.stream().anyMatch(reference -> Tokens.words(reference).equals(tokens));
    return new double[] {equal ? 1 : 0, 1};
  }

  @Override
  double score(double[] sums) {
    return ratio(sums);
  }

  @Override
  String settings() {
    return "tok:none|refs:all";
  }
}
