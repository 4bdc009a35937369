package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FinalTableTest {
  private static final List<RunRecord> RECORDS =
      List.of(
          TestRecords.done(
              "a",
              "vae",
              1,
              TestRecords.measured("train.seconds", 3),
              TestRecords.sample("mmd", 0.5),
              TestRecords.nll("lower_bound/mass", "elbo", 18.6),
              TestRecords.nll("lower_bound/mass", "iwae", 18.1)),
          TestRecords.done("b", "gmm", 1, TestRecords.nll("exact/mass", "exact", 17.0)),
          TestRecords.done("c", "gmm", 2, TestRecords.nll("exact/mass", "exact", 17.2)),
          TestRecords.of("d", "made", 1, RunStatus.DIVERGED, "the loss is NaN at update 6"));

  @Test
  void showsSeedsAsASpreadAndTheTightestBoundWithItsBadge() {
    assertThat(new FinalTable(RECORDS, 200).lines())
        .containsExactly(
            "",
            "digits",
            "model        nll ↓   mmd ↓  train  samples/s  parameters",
            "────────────────────────────────────────────────────────",
            "gmm    17.10 ±0.14",
            "vae    18.10 ≤iwae  0.5000  3.0 s",
            "nll in nats/example",
            "≤ from a bound: the true value is no worse",
            "± standard deviation over 2 seeds",
            "",
            "made on digits, cpu, seed 1: diverged, the loss is NaN at update 6");
  }

  @Test
  void metricsThatDoNotFitTheTerminalAreLeftOut() {
    List<String> lines = new FinalTable(RECORDS, 50).lines();
    assertThat(lines.get(2)).doesNotContain("mmd").contains("nll ↓");
    assertThat(String.join("\n", lines)).contains("1 more metrics in leaderboard.csv");
  }
}
