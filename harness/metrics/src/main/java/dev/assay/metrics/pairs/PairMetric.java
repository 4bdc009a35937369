package dev.assay.metrics.pairs;

import dev.assay.metrics.Statistics;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A metric of texts drawn under the sources of held-out pairs, each compared with the text of its
 * pair. The value is made of sums of counts over texts, so that it has a bootstrap interval. Where
 * the samples outnumber the held-out pairs, those beyond are left out.
 */
abstract class PairMetric implements Metric {
  private static final int MINIMUM = 20;

  private final String id;
  private final Info info;
  private final References references;

  /** What a text is compared with. */
  enum References {
    /** The text of its own pair, as sacrebleu has it. */
    OWN,
    /**
     * All held-out texts of the same source, such as the pronunciations of a word; a source that
     * stands in several pairs is judged once.
     */
    ALL
  }

  /**
   * @param unit {@code %} for scores of 0 to 100
   * @param high largest possible value; the smallest is 0
   */
  PairMetric(
      String id,
      String name,
      String unit,
      Direction direction,
      double high,
      String source,
      References references) {
    this.id = id;
    info = new Info(name, unit, direction, 0, high, MINIMUM, source);
    this.references = references;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Info info() {
    return info;
  }

  @Override
  public final Fit fits(DataSpec spec) {
    Modality text = new Modality.Text(Form.DOCUMENTS);
    return spec.equals(new DataSpec.Conditional(text, text))
        ? Fit.raw()
        : Fit.no(info.name() + " needs texts under texts");
  }

  @Override
  public final List<MetricValue> compute(Evaluation evaluation) {
    if (evaluation.samples().isEmpty()
        || !(evaluation.samples().get() instanceof Values.Texts samples)
        || !(evaluation.test().condition() instanceof Values.Texts sources)
        || samples.count() < MINIMUM) {
      return List.of();
    }
    int count = Math.min(samples.count(), sources.count());
    if (!sources.range(0, count).equals(evaluation.conditions().range(0, count))) {
      return List.of();
    }
    Map<String, Set<String>> known = new HashMap<>();
    for (int i = 0; i < sources.count(); i++) {
      known
          .computeIfAbsent(sources.texts().get(i), _ -> new LinkedHashSet<>())
          .add(evaluation.test().texts().texts().get(i));
    }
    List<double[]> items = new ArrayList<>();
    Set<String> judged = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String source = sources.texts().get(i);
      String text = samples.texts().get(i);
      if (references == References.OWN) {
        items.add(counts(text, List.of(evaluation.test().texts().texts().get(i))));
      } else if (judged.add(source)) {
        items.add(counts(text, List.copyOf(known.getOrDefault(source, Set.of()))));
      }
    }
    if (items.isEmpty()) {
      return List.of();
    }
    Statistics.Mean value =
        Statistics.bootstrapSums(
            items.toArray(double[][]::new), this::score, evaluation.random().child("bootstrap"));
    return List.of(
        new MetricValue(
            id,
            "sample",
            info.direction(),
            value.value(),
            value.low(),
            value.high(),
            items.size(),
            info.unit(),
            "v1|n:" + items.size() + "|" + settings()));
  }

  /**
   * What one text adds to the sums.
   *
   * @param known at least one
   */
  abstract double[] counts(String text, List<String> known);

  /** The value of the sums. */
  abstract double score(double[] sums);

  /** Further parts of the signature. */
  abstract String settings();

  static double ratio(double[] sums) {
    return sums[1] > 0 ? sums[0] / sums[1] : Double.NaN;
  }
}
