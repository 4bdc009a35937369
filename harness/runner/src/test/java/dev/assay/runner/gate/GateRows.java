package dev.assay.runner.gate;

import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results made up for tests: one model on one dataset unless told otherwise. */
final class GateRows {
  private final List<ResultRow> rows = new ArrayList<>();
  private String model = "vae";
  private String signature = "v1";

  GateRows model(String name) {
    model = name;
    return this;
  }

  GateRows signature(String how) {
    signature = how;
    return this;
  }

  /** Lower is better; one value for each seed from 1 on. */
  GateRows quality(String metric, double... values) {
    return add(metric, "sample", "lower", values);
  }

  GateRows score(String metric, double... values) {
    return add(metric, "sample", "higher", values);
  }

  GateRows seconds(double... values) {
    return add("train.seconds", "measured", "lower", values);
  }

  GateRows rate(double... values) {
    return add("train.examples_per_second", "measured", "higher", values);
  }

  GateRows count(String metric, double... values) {
    return add(metric, "measured", "none", values);
  }

  GateRows add(String metric, String kind, String direction, double... values) {
    for (int i = 0; i < values.length; i++) {
      value(i + 1, metric, kind, direction, values[i], Double.NaN, Double.NaN);
    }
    return this;
  }

  GateRows value(
      long seed,
      String metric,
      String kind,
      String direction,
      double value,
      double low,
      double high) {
    rows.add(
        row(
            RunStatus.DONE,
            seed,
            Optional.of(
                new ResultRow.Value(
                    metric, kind, direction, value, low, high, 100, "1", signature))));
    return this;
  }

  GateRows hash(long seed, String what, String sha256) {
    rows.add(
        row(
            RunStatus.DONE,
            seed,
            Optional.of(
                new ResultRow.Value(
                    "hash." + what,
                    ResultRow.HASH,
                    "none",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    1,
                    "sha256",
                    sha256))));
    return this;
  }

  GateRows fact(String name, String words) {
    rows.add(
        row(
            RunStatus.DONE,
            1,
            Optional.of(
                new ResultRow.Value(
                    name,
                    ResultRow.FACT,
                    "none",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    1,
                    "",
                    words))));
    return this;
  }

  GateRows ended(long seed, RunStatus status) {
    rows.add(row(status, seed, Optional.empty()));
    return this;
  }

  List<ResultRow> rows() {
    return rows;
  }

  private ResultRow row(RunStatus status, long seed, Optional<ResultRow.Value> value) {
    RunRecord.Subject subject =
        new RunRecord.Subject(model, "family", "digits", "test", "cpu", "cpu", "fp32", seed, 1, "");
    return new ResultRow("exp", model + seed, status, subject, value);
  }
}
