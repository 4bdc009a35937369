package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Series;
import dev.assay.runner.experiment.Until;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Interval;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which seeds to add: one at a time to each series whose interval is still too wide. Depends on
 * results alone, so that a plan that is run again comes to the same seeds.
 */
final class SeedRule {
  private static final double CONFIDENCE = 0.95;

  private final Plan plan;
  private final Until until;

  private SeedRule(Plan plan, Until until) {
    this.plan = plan;
    this.until = until;
  }

  /**
   * The cells to run next, parents before those that build upon them; none if all is narrow enough
   * or used up.
   *
   * @param ended records by cell
   */
  static List<Cell> next(Plan plan, Map<String, RunRecord> ended) {
    return plan.experiment()
        .until()
        .map(until -> new SeedRule(plan, until).next(ended))
        .orElse(List.of());
  }

  private List<Cell> next(Map<String, RunRecord> ended) {
    Map<String, Cell> next = new LinkedHashMap<>();
    for (Series series : plan.series()) {
      List<RunRecord> records = new ArrayList<>();
      for (Cell cell : series.cells()) {
        RunRecord record = ended.get(cell.id());
        if (record == null) {
          break;
        }
        records.add(record);
      }
      boolean left = records.size() < series.cells().size();
      if (left && isTried(records) && !isNarrow(records)) {
        add(series.cells().get(records.size()), ended, next);
      }
    }
    return List.copyOf(next.values());
  }

  private static void add(Cell cell, Map<String, RunRecord> ended, Map<String, Cell> next) {
    cell.parents().values().forEach(parent -> add(parent, ended, next));
    if (!ended.containsKey(cell.id())) {
      next.putIfAbsent(cell.id(), cell);
    }
  }

  /** More seeds do not help a model that does not fit, and nothing is added to what was stopped. */
  private static boolean isTried(List<RunRecord> records) {
    return records.stream()
        .noneMatch(record ->
            record.status() == RunStatus.SKIPPED || record.status() == RunStatus.CANCELLED);
  }

  private boolean isNarrow(List<RunRecord> records) {
    Map<List<String>, List<Double>> values = new LinkedHashMap<>();
    for (RunRecord record : records) {
      for (MetricRow row : record.metrics()) {
        if (counts(row)) {
          values
              .computeIfAbsent(
                  List.of(row.sampler(), row.metric(), row.kind(), row.signature()),
                  key -> new ArrayList<>())
              .add(row.value());
        }
      }
    }
    return !values.isEmpty()
        && values.values().stream()
            .allMatch(list -> isNarrow(list.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private boolean counts(MetricRow row) {
    return until.metric().isPresent()
        ? row.metric().equals(until.metric().get())
        : !row.kind().equals(Rows.MEASURED) && !row.direction().equals("none");
  }

  private boolean isNarrow(double[] values) {
    if (values.length < 2) {
      return false;
    }
    Interval interval = Interval.student(CONFIDENCE, values);
    double half = (interval.high() - interval.low()) / 2;
    double scale = until.relative() ? Math.abs(Descriptive.mean(values)) : 1;
    return half <= until.half() * scale;
  }
}
