package dev.assay.cli;

import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.List;
import java.util.Map;

/** Records of made-up runs. */
final class TestRecords {
  private TestRecords() {}

  static RunRecord done(String run, String model, long seed, MetricRow... metrics) {
    return of(run, model, seed, RunStatus.DONE, "", metrics);
  }

  static RunRecord of(
      String run, String model, long seed, RunStatus status, String reason, MetricRow... metrics) {
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "t" + run,
        "exp",
        status,
        reason,
        new RunRecord.Subject(
            model, "family", "digits", "test", "cpu", "Some CPU", "fp32", seed, 1, ""),
        new RunRecord.Progress(10, 100, 1.5, 0),
        List.of(metrics),
        Map.of("state", "ab"),
        Map.of("jdk", "25"),
        Map.of("seed", seed));
  }

  static RunRecord reference(String run, Role role, MetricRow... metrics) {
    RunRecord like = done(run, "reference: " + role, 1, metrics);
    return new RunRecord(
        like.schema(),
        run,
        like.training(),
        like.experiment(),
        like.status(),
        "",
        like.subject(),
        like.progress(),
        like.metrics(),
        like.hashes(),
        like.provenance(),
        like.config(),
        role,
        List.of());
  }

  static MetricRow nll(String kind, String method, double value) {
    return new MetricRow(
        "", "nll", kind, "lower", value, null, null, 9, "nats/example", "v1|method:" + method);
  }

  static MetricRow sample(String metric, double value) {
    return new MetricRow("", metric, "sample", "lower", value, null, null, 9, "1", "v1");
  }

  static MetricRow measured(String metric, double value) {
    return new MetricRow("", metric, "measured", "lower", value, null, null, 1, "s", "threads:2");
  }
}
