package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.latent.Disentanglement;
import dev.assay.metrics.latent.Forest;
import dev.assay.spi.Dataset;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Disentanglement, completeness and informativeness, each under its own kind. A random forest tells
 * each factor from the codes of every other example; what it makes use of is the importance, and
 * its accuracy on the rest, meaned over factors, the informativeness.
 */
@AutoService(Metric.class)
public final class FactorForestMetric extends FactorMetric {
  public FactorForestMetric() {
    super(
        "dci",
        new Info(
            "Disentanglement, completeness, informativeness",
            "1",
            Direction.HIGHER,
            0,
            1,
            0,
            "Eastwood and Williams 2018, A framework for the quantitative evaluation of"
                + " disentangled representations"));
  }

  @Override
  List<MetricValue> values(
      Evaluation evaluation, Values.Dense codes, Dataset.Factors factors, String settings) {
    double[][] rows = Codes.rows(codes);
    double[][] importance = new double[codes.width()][factors.names().size()];
    double informativeness = 0;
    for (int k = 0; k < factors.names().size(); k++) {
      int factor = k;
      int[] levels = Arrays.stream(factors.values()).mapToInt(row -> row[factor]).toArray();
      RandomStream random = evaluation.random().child(factors.names().get(k));
      Forest forest = Forest.fit(every(rows, 0), every(levels, 0), random);
      double[] used = forest.importance();
      for (int c = 0; c < used.length; c++) {
        importance[c][k] = used[c];
      }
      informativeness += accuracy(forest, every(rows, 1), every(levels, 1));
    }
    if (Arrays.stream(importance).flatMapToDouble(Arrays::stream).sum() == 0) {
      return List.of();
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("disentanglement", Disentanglement.dciDisentanglement(importance));
    scores.put("completeness", Disentanglement.dciCompleteness(importance));
    scores.put("informativeness", informativeness / factors.names().size());
    return scores.entrySet().stream()
        .map(score ->
            value(
                score.getKey(),
                Statistics.Mean.withoutInterval(score.getValue()),
                codes.count(),
                settings + "by:forest-10-deep-10"))
        .toList();
  }

  private static double accuracy(Forest forest, double[][] rows, int[] levels) {
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> forest.classify(rows[i]) == levels[i] ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double[][] every(double[][] rows, int first) {
    return IntStream.range(0, rows.length)
        .filter(i -> i % 2 == first)
        .mapToObj(i -> rows[i])
        .toArray(double[][]::new);
  }

  private static int[] every(int[] levels, int first) {
    return IntStream.range(0, levels.length)
        .filter(i -> i % 2 == first)
        .map(i -> levels[i])
        .toArray();
  }
}
