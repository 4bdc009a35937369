package dev.assay.runner.execute;

import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.Comparisons;
import dev.assay.statistics.Components;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Interval;
import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets any number of models against each other over datasets and seeds, as Agarwal et al. (2021)
 * propose: interquartile means, probabilities of improvement and performance profiles of scores
 * that are scaled, on each board, from 0 for the worst run to 1 for the best. A run that failed has
 * the score 0 and reaches no threshold.
 */
public final class FieldComparison {
  /** Of scaled scores, in profiles. */
  public static final List<Double> THRESHOLDS = List.of(0.1, 0.25, 0.5, 0.75, 0.9);

  private static final double CONFIDENCE = 0.95;

  private FieldComparison() {}

  /**
   * One model in a field.
   *
   * @param runs that ended, failed ones included
   * @param iqm of scaled scores
   * @param interval of the iqm: percentile bootstrap, resampled within each dataset
   * @param overNext probability that a run of it beats one of the next line; NaN for the last
   * @param profile share of runs above each of {@link #THRESHOLDS}
   */
  public record Line(
      String entrant,
      int runs,
      int failed,
      double iqm,
      Interval interval,
      double overNext,
      List<Double> profile) {}

  /**
   * Where the variance of one model's numbers on one dataset comes from.
   *
   * @param mean in the metric's unit
   */
  public record Variance(String entrant, String dataset, double mean, Components components) {}

  /**
   * Everything about one metric.
   *
   * @param datasets boards that were pooled
   * @param lines the best first
   */
  public record Field(
      String metric,
      String kind,
      String unit,
      Set<String> datasets,
      List<Line> lines,
      List<Variance> variances) {}

  /** What a number means apart from its dataset. */
  private record Meaning(String metric, String kind, String unit, String direction) {}

  /** One number of one run; NaN for a run that failed. */
  private record Score(String entrant, long trainSeed, double value, double error) {}

  /**
   * All metrics for which one of two directions is better and that at least two models have.
   *
   * @param all of any experiments; references and flagged numbers are left aside
   */
  public static List<Field> of(List<RunRecord> all) {
    List<RunRecord> records = all.stream().filter(r -> r.role() == Role.MODEL).toList();
    boolean experiments = records.stream().map(RunRecord::experiment).distinct().count() > 1;
    Map<Meaning, Map<List<String>, List<Score>>> boards = new LinkedHashMap<>();
    for (RunRecord record : records) {
      for (MetricRow row : record.metrics()) {
        if (!row.kind().equals(Rows.MEASURED)
            && !row.direction().equals("none")
            && record.flag(row).isEmpty()) {
          Meaning meaning = new Meaning(row.metric(), row.kind(), row.unit(), row.direction());
          boards
              .computeIfAbsent(meaning, m -> new LinkedHashMap<>())
              .computeIfAbsent(
                  List.of(record.subject().dataset(), row.signature()), b -> new ArrayList<>())
              .add(score(record, row, experiments));
        }
      }
    }
    List<Field> fields = new ArrayList<>();
    boards.forEach((meaning, byBoard) -> {
      byBoard.forEach((board, scores) ->
          scores.addAll(failures(records, board.getFirst(), scores, experiments)));
      if (entrants(byBoard).size() > 1) {
        fields.add(field(meaning, byBoard));
      }
    });
    return fields;
  }

  private static Score score(RunRecord record, MetricRow row, boolean experiments) {
    Double low = row.low();
    Double high = row.high();
    double error =
        low == null || high == null ? Double.NaN : new Interval(low, high).normalError(CONFIDENCE);
    return new Score(
        label(record, row.sampler(), experiments),
        record.subject().trainSeed(),
        row.value(),
        error);
  }

  /** Failed runs of the models on a board, once for each of a model's samplers. */
  private static List<Score> failures(
      List<RunRecord> records, String dataset, List<Score> scores, boolean experiments) {
    List<Score> failures = new ArrayList<>();
    for (RunRecord record : records) {
      boolean failed =
          record.status() == RunStatus.FAILED
              || record.status() == RunStatus.DIVERGED
              || record.status() == RunStatus.TIMED_OUT;
      if (failed && record.subject().dataset().equals(dataset)) {
        String label = label(record, "", experiments);
        scores.stream()
            .map(Score::entrant)
            .filter(entrant -> entrant.equals(label) || entrant.startsWith(label + " |"))
            .distinct()
            .forEach(entrant ->
                failures.add(
                    new Score(entrant, record.subject().trainSeed(), Double.NaN, Double.NaN)));
      }
    }
    return failures;
  }

  /** The sampler stands after a bar. */
  private static String label(RunRecord record, String sampler, boolean experiments) {
    RunRecord.Subject s = record.subject();
    String label = (s.model() + " " + s.params()).strip();
    String place = s.precision().equals("fp32") ? s.backend() : s.backend() + "/" + s.precision();
    return (experiments ? record.experiment() + ": " : "")
        + label
        + ", "
        + place
        + (sampler.isEmpty() ? "" : " | " + sampler);
  }

  private static Set<String> entrants(Map<List<String>, List<Score>> boards) {
    Set<String> entrants = new TreeSet<>();
    boards.values().forEach(scores -> scores.forEach(score -> entrants.add(score.entrant())));
    return entrants;
  }

  private static Field field(Meaning meaning, Map<List<String>, List<Score>> boards) {
    boolean lower = meaning.direction().equals("lower");
    Map<String, Map<List<String>, double[]>> scaled = new LinkedHashMap<>();
    List<Variance> variances = new ArrayList<>();
    Set<String> datasets = new TreeSet<>();
    boards.forEach((board, scores) -> {
      datasets.add(board.getFirst());
      Map<String, List<Score>> byEntrant = new LinkedHashMap<>();
      scores.forEach(s -> byEntrant.computeIfAbsent(s.entrant(), e -> new ArrayList<>()).add(s));
      double best = extreme(scores, lower);
      double worst = extreme(scores, !lower);
      byEntrant.forEach((entrant, own) -> {
        scaled
            .computeIfAbsent(entrant, e -> new LinkedHashMap<>())
            .put(board, own.stream().mapToDouble(s -> scale(s.value(), best, worst)).toArray());
        variances.add(variance(entrant, board.getFirst(), own));
      });
    });
    return new Field(
        meaning.metric(), meaning.kind(), meaning.unit(), datasets, lines(scaled), variances);
  }

  private static double extreme(List<Score> scores, boolean lowest) {
    double[] values =
        scores.stream().mapToDouble(Score::value).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return values[lowest ? 0 : values.length - 1];
  }

  /** Minus infinity for a run that failed. */
  private static double scale(double value, double best, double worst) {
    if (Double.isNaN(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    return best == worst ? 1 : (value - worst) / (best - worst);
  }

  private static Variance variance(String entrant, String dataset, List<Score> scores) {
    Map<Long, List<Double>> byTraining = new LinkedHashMap<>();
    List<Double> errors = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Score score : scores) {
      if (!Double.isNaN(score.value())) {
        values.add(score.value());
        byTraining.computeIfAbsent(score.trainSeed(), s -> new ArrayList<>()).add(score.value());
        if (!Double.isNaN(score.error())) {
          errors.add(score.error());
        }
      }
    }
    return new Variance(
        entrant,
        dataset,
        Descriptive.mean(array(values)),
        Components.of(
            byTraining.values().stream().map(FieldComparison::array).toList(), array(errors)));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Line> lines(Map<String, Map<List<String>, double[]>> scaled) {
    List<String> order = new ArrayList<>(scaled.keySet());
    Map<String, Double> iqms = new LinkedHashMap<>();
    scaled.forEach((entrant, strata) -> iqms.put(entrant, iqm(pool(strata.values()))));
    order.sort(
        Comparator.comparingDouble((String entrant) -> -iqms.getOrDefault(entrant, 0.0))
            .thenComparing(entrant -> entrant));
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Map<List<String>, double[]> own = scaled.getOrDefault(order.get(i), Map.of());
      double over =
          i + 1 < order.size()
              ? improvement(own, scaled.getOrDefault(order.get(i + 1), Map.of()))
              : Double.NaN;
      lines.add(line(order.get(i), own.values(), over));
    }
    return lines;
  }

  private static Line line(String entrant, Collection<double[]> strata, double over) {
    double[] all = pool(strata);
    double[] thresholds = THRESHOLDS.stream().mapToDouble(Double::doubleValue).toArray();
    RandomStream random = RandomStream.root(0).child("field").child(entrant);
    return new Line(
        entrant,
        all.length,
        (int) Arrays.stream(all).filter(Double::isInfinite).count(),
        iqm(all),
        Bootstrap.stratified(
            strata.toArray(double[][]::new), FieldComparison::iqm, random::nextInt),
        over,
        Arrays.stream(Comparisons.profile(all, thresholds)).boxed().toList());
  }

  /** A failed run counts as the worst of the board. */
  private static double iqm(double[] scores) {
    return Descriptive.iqm(Arrays.stream(scores).map(score -> Math.max(0, score)).toArray());
  }

  private static double[] pool(Collection<double[]> strata) {
    return strata.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** Mean over the boards of both; NaN if they have none in common. */
  private static double improvement(
      Map<List<String>, double[]> first, Map<List<String>, double[]> second) {
    return first.keySet().stream()
        .filter(second::containsKey)
        .mapToDouble(board ->
            Comparisons.probabilityOfImprovement(
                first.getOrDefault(board, new double[0]),
                second.getOrDefault(board, new double[0])))
        .average()
        .orElse(Double.NaN);
  }
}
