package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Flag;
import dev.assay.store.MetricRow;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
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
  void showsSeedsAsASpreadAndTheTightestBoundInAColumnOfItsOwn() {
    assertThat(new FinalTable(RECORDS, 200).lines())
        .containsExactly(
            "",
            "digits",
            "model        nll ↓  nll ≤iwae ↓   mmd ↓  train  samples/s  parameters",
            "─────────────────────────────────────────────────────────────────────",
            "gmm    17.10 ±0.14",
            "vae                       18.10  0.5000  3.0 s",
            "nll in nats/example",
            "≤ from a bound: the true value is no worse",
            "± standard deviation over 2 seeds",
            "",
            "made on digits, cpu, seed 1: diverged, the loss is NaN at update 6");
  }

  @Test
  void modelsOfUnequalNumbersOfSeedsAreCountedFromTheLeastToTheMost() {
    List<RunRecord> records = new ArrayList<>(RECORDS);
    for (int seed = 1; seed <= 4; seed++) {
      records.add(
          TestRecords.done(
              "e" + seed, "ppca", seed, TestRecords.nll("exact/mass", "exact", 18 + seed)));
    }
    assertThat(new FinalTable(records, 200).lines())
        .contains("± standard deviation over 2 to 4 seeds");
  }

  @Test
  void variantsOfADatasetAreTablesOfTheirOwn() {
    List<String> lines =
        new FinalTable(
                List.of(
                    TestRecords.done("a", "gmm", 1, binarised("static", 17)),
                    TestRecords.done("b", "vae", 1, binarised("threshold-8", 16))),
                200)
            .lines();
    assertThat(lines)
        .containsSequence(
            "", "digits, binarize:static", "model  nll ↓  train  samples/s  parameters")
        .containsSequence("", "digits, binarize:threshold-8");
    assertThat(lines.stream().filter(line -> line.startsWith("gmm"))).hasSize(1);
  }

  @Test
  void referencesComeLastAndFlaggedSamplesAreMarked() {
    RunRecord copier =
        TestRecords.done("a", "copier", 1, TestRecords.sample("fid", 1))
            .withFlags(List.of(new Flag("", "copying", "it copies")));
    List<String> lines =
        new FinalTable(
                List.of(
                    TestRecords.reference("f", Role.FLOOR, TestRecords.sample("fid", 10)),
                    TestRecords.reference("t", Role.ATTAINABLE, TestRecords.sample("fid", 2)),
                    copier,
                    TestRecords.done("b", "gan", 1, TestRecords.sample("fid", 4))),
                200)
            .lines();
    assertThat(lines.subList(4, 8))
        .extracting(String::strip)
        .containsExactly(
            "copier                 1 113% ⚑",
            "gan                       4 75%",
            "reference: ATTAINABLE         2",
            "reference: FLOOR             10");
    assertThat(lines).contains("⚑ copier is unranked: it copies");
  }

  private static MetricRow binarised(String how, double value) {
    MetricRow nll = TestRecords.nll("exact/mass", "exact", value);
    return new MetricRow(
        "",
        nll.metric(),
        nll.kind(),
        nll.direction(),
        value,
        null,
        null,
        9,
        nll.unit(),
        nll.signature() + "|data:digits|binarize:" + how + "|sha:0123456789ab");
  }

  @Test
  void metricsThatDoNotFitTheTerminalAreLeftOut() {
    List<String> lines = new FinalTable(RECORDS, 50).lines();
    assertThat(lines.get(2)).doesNotContain("mmd").contains("nll ↓");
    assertThat(String.join("\n", lines)).contains("2 more columns in leaderboard.csv");
  }
}
