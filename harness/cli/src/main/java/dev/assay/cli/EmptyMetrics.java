package dev.assay.cli;

import dev.assay.runner.experiment.Experiment;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.Fit;
import dev.assay.spi.Metric;
import dev.assay.store.ResultRow;
import dev.assay.store.ResultTable;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Metrics that a user asked for and that came to nothing in a whole run, each with the reason. */
final class EmptyMetrics {
  private EmptyMetrics() {}

  /** A line for each; none unless every cell has ended and one of them well. */
  static List<String> lines(Plan plan, List<RunRecord> records, Registry registry) {
    if (!records.stream().allMatch(record -> record.status().isFinal())
        || records.stream().noneMatch(record -> record.status() == RunStatus.DONE)) {
      return List.of();
    }
    Set<String> found =
        ResultTable.of(records).stream()
            .flatMap(row -> row.value().stream())
            .map(ResultRow.Value::metric)
            .collect(Collectors.toSet());
    List<String> lines = new ArrayList<>();
    for (String id : plan.experiment().score().metrics()) {
      if (found.stream().noneMatch(metric -> metric.equals(id) || metric.startsWith(id + "-"))) {
        lines.add("no value of " + id + ": " + reason(registry.metric(id), plan));
      }
    }
    return lines;
  }

  private static String reason(Metric metric, Plan plan) {
    Experiment experiment = plan.experiment();
    List<Fit> fits =
        plan.cells().stream().map(cell -> metric.fits(cell.data().spec())).distinct().toList();
    if (!fits.isEmpty() && fits.stream().allMatch(Fit.No.class::isInstance)) {
      return ((Fit.No) fits.getFirst()).reason();
    }
    int least = metric.info().minimumSamples();
    if (experiment.score().samples() < least) {
      return "it takes at least "
          + least
          + " samples, and score.samples is "
          + experiment.score().samples();
    }
    return "no model here has what it needs, or there are too few examples";
  }
}
