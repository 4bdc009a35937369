package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStoreTest {
  @TempDir Path folder;

  @Test
  void readsBackARecordAsItWas() throws Exception {
    RunRecord record = record("r1", "vae", 1, RunStatus.DONE, row("nll", "exact/mass", 2.5, 0.1));
    RunFolder run = new RunStore(folder).run("r1");
    run.write(record);
    assertThat(run.read()).contains(record);
  }

  @Test
  void aDamagedRecordIsReportedAndTheOthersAreStillRead() throws Exception {
    RunStore store = new RunStore(folder);
    store.run("good").write(record("good", "vae", 1, RunStatus.DONE));
    store.run("bad").write(record("bad", "vae", 1, RunStatus.DONE));
    Files.writeString(store.run("bad").recordFile(), "{\"schema\": 1}");
    RunStore.Snapshot snapshot = store.index();
    assertThat(snapshot.records()).extracting(RunRecord::run).containsExactly("good");
    assertThat(snapshot.damaged()).hasSize(1).first().asString().contains("run.json is damaged");
  }

  @Test
  void aRunWithoutNumbersHasOneRowThatSaysItsStatus() throws Exception {
    RunStore store = new RunStore(folder);
    store.run("r").write(record("r", "vae", 3, RunStatus.DIVERGED));
    store.index();
    assertThat(Files.readAllLines(store.results()))
        .containsExactly(
            String.join(",", Results.HEADER),
            "exp,r,DIVERGED,vae,family,digits,test,cpu,Some CPU,fp32,3,1,latent=8,,,,,,,,,");
  }

  @Test
  void aRowOfResultsHoldsTheSamplerAmongTheParameters() throws Exception {
    RunStore store = new RunStore(folder);
    MetricRow mmd =
        new MetricRow("steps=20", "mmd", "sample", "lower", 0.25, null, null, 9, "1", "v1");
    store.run("r").write(record("r", "vae", 3, RunStatus.DONE, mmd));
    store.index();
    assertThat(Files.readAllLines(store.results()).getLast())
        .isEqualTo(
            "exp,r,DONE,vae,family,digits,test,cpu,Some CPU,fp32,3,1,latent=8 steps=20,"
                + "mmd,sample,lower,0.25,,,9,1,v1");
  }

  @Test
  void theLeaderboardAggregatesSeedsByTheTDistribution() {
    // 1, 2, 3: mean 2, deviation 1; t(.975, 2) = 4.302652729911275, over √3.
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                record("a", "vae", 1, RunStatus.DONE, row("nll", "exact/mass", 1, 0)),
                record("b", "vae", 2, RunStatus.DONE, row("nll", "exact/mass", 2, 0)),
                record("c", "vae", 3, RunStatus.DONE, row("nll", "exact/mass", 3, 0))));
    assertThat(rows).hasSize(1);
    Leaderboard.Row row = rows.getFirst();
    assertThat(row.mean()).isEqualTo(2);
    assertThat(row.sd()).isCloseTo(1.0, within(1e-15));
    assertThat(row.low()).isCloseTo(2 - 4.302652729911275 / Math.sqrt(3), within(1e-9));
    assertThat(row.high()).isCloseTo(2 + 4.302652729911275 / Math.sqrt(3), within(1e-9));
    assertThat(row.seeds()).isEqualTo(3);
    assertThat(row.rank()).isEqualTo(1);
  }

  @Test
  void modelsTrainedWithTheSameSeedsAreToldApartByPairs() {
    // Seeds differ by 10, the models by 1 ± .1 on each: intervals overlap, pairs do not.
    List<RunRecord> records = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      double good = 10 * seed;
      double bad = good + 1 + 0.1 * (seed % 2);
      records.add(record("a" + seed, "good", seed, RunStatus.DONE, row("nll", "e", good, 0)));
      records.add(record("b" + seed, "bad", seed, RunStatus.DONE, row("nll", "e", bad, 0)));
    }
    assertThat(Leaderboard.of(records))
        .extracting(r -> r.model() + " " + r.rank())
        .containsExactly("good 1", "bad 2");
  }

  @Test
  void kindsAndSignaturesAreRankedApart() {
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                record("a", "gmm", 1, RunStatus.DONE, row("nll", "exact/mass", 3, 0)),
                record("b", "vae", 1, RunStatus.DONE, row("nll", "lower_bound/mass", 2, 0)),
                record("c", "made", 1, RunStatus.DONE, row("nll", "exact/mass", 1, 0)),
                record("d", "kde", 1, RunStatus.DONE, row("nll", "exact/density", 9, 0))));
    assertThat(rows)
        .extracting(r -> r.model() + " " + r.kind() + " " + r.rank())
        .containsExactly(
            "kde exact/density 1",
            "made exact/mass 1",
            "gmm exact/mass 2",
            "vae lower_bound/mass 1");
  }

  @Test
  void whatCannotBeToldFromTheBestSharesItsRank() {
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                record("a", "first", 1, RunStatus.DONE, row("acc", "sample", 0.9, 0.02)),
                record("b", "second", 1, RunStatus.DONE, row("acc", "sample", 0.87, 0.02)),
                record("c", "third", 1, RunStatus.DONE, row("acc", "sample", 0.85, 0.02))));
    assertThat(rows)
        .extracting(r -> r.model() + " " + r.rank())
        .containsExactly("first 1", "second 1", "third 3");
  }

  @Test
  void aModelOfWhichASeedFailedRanksLast() {
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                record("a", "shaky", 1, RunStatus.DONE, row("nll", "exact/mass", 1, 0)),
                record("b", "shaky", 2, RunStatus.DIVERGED),
                record("c", "solid", 1, RunStatus.DONE, row("nll", "exact/mass", 2, 0))));
    assertThat(rows)
        .extracting(r -> r.model() + " " + r.rank() + " " + r.failed())
        .containsExactly("solid 1 0", "shaky 2 1");
  }

  @Test
  void factsThatAreNoScoresHaveNoRank() {
    MetricRow count =
        new MetricRow("", "parameters", "measured", "none", 10, null, null, 1, "1", "");
    assertThat(
            Leaderboard.of(List.of(record("a", "m", 1, RunStatus.DONE, count))).getFirst().rank())
        .isNull();
  }

  @Test
  void referencesAreNotRankedAndScaleTheOthers() {
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                reference("a", Role.ATTAINABLE, row("fid", "sample", 2, 0)),
                reference("b", Role.FLOOR, row("fid", "sample", 10, 0)),
                record("c", "gan", 1, RunStatus.DONE, row("fid", "sample", 4, 0)),
                record("d", "vae", 1, RunStatus.DONE, row("fid", "sample", 12, 0))));
    assertThat(rows)
        .extracting(r -> r.model() + " " + r.role() + " " + r.normalised() + " " + r.rank())
        .containsExactly(
            "reference ATTAINABLE ATTAINABLE 1.0 null",
            "gan MODEL 0.75 1",
            "reference FLOOR FLOOR 0.0 null",
            "vae MODEL -0.25 2");
  }

  @Test
  void referencesInTheWrongOrderScaleNothing() {
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(
                reference("a", Role.ATTAINABLE, row("acc", "sample", 0.2, 0)),
                reference("b", Role.FLOOR, row("acc", "sample", 0.6, 0)),
                record("c", "gan", 1, RunStatus.DONE, row("acc", "sample", 0.4, 0))));
    assertThat(rows).extracting(Leaderboard.Row::normalised).containsOnlyNulls();
  }

  @Test
  void aFlaggedSamplerKeepsItsPlaceWithoutARank() {
    RunRecord copies =
        record(
                "a",
                "copier",
                1,
                RunStatus.DONE,
                row("fid", "sample", 1, 0),
                row("nll", "exact/mass", 5, 0))
            .withFlags(List.of(new Flag("", "copying", "it copies")));
    List<Leaderboard.Row> rows =
        Leaderboard.of(
            List.of(copies, record("b", "gan", 1, RunStatus.DONE, row("fid", "sample", 4, 0))));
    assertThat(rows)
        .extracting(r -> r.metric() + " " + r.model() + " " + r.flag() + " " + r.rank())
        .containsExactly("fid copier it copies null", "fid gan null 1", "nll copier null 1");
  }

  @Test
  void rolesAndFlagsAreReadBackAndARecordWithoutThemIsAModels() throws Exception {
    RunFolder run = new RunStore(folder).run("r1");
    RunRecord record =
        reference("r1", Role.FLOOR, row("fid", "sample", 1, 0))
            .withFlags(List.of(new Flag("steps=2", "copying", "it copies")));
    run.write(record);
    assertThat(run.read()).contains(record);
    String text = Files.readString(run.recordFile());
    String old = text.replaceAll(",\\s*\"role\"(?s).*", "}");
    assertThat(old).isNotEqualTo(text);
    Files.writeString(run.recordFile(), old);
    assertThat(run.read().orElseThrow().role()).isEqualTo(Role.MODEL);
    assertThat(run.read().orElseThrow().flags()).isEmpty();
  }

  @Test
  void runsThatTheirExperimentNoLongerHasAreLeftOutOfTheTables() throws Exception {
    RunStore store = new RunStore(folder);
    store.run("old").write(record("old", "vae", 1, RunStatus.DONE, row("nll", "e", 1, 0)));
    store.run("new").write(record("new", "vae", 1, RunStatus.DONE, row("nll", "e", 2, 0)));
    store.state("exp", List.of("new"));
    store.index();
    assertThat(Files.readAllLines(store.results())).hasSize(2).last().asString().contains(",new,");
    assertThat(store.runs()).hasSize(2);
  }

  @Test
  void anIdThatLeavesTheFolderIsRefused() {
    RunStore store = new RunStore(folder);
    for (String id : List.of("", "..", "a/b", ".hidden", "a\\b")) {
      assertThatThrownBy(() -> store.run(id)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static MetricRow row(String metric, String kind, double value, double half) {
    @Nullable Double low = half == 0 ? null : value - half;
    @Nullable Double high = half == 0 ? null : value + half;
    String direction = metric.equals("acc") ? "higher" : "lower";
    return new MetricRow("", metric, kind, direction, value, low, high, 100, "nats", "v1");
  }

  private static RunRecord reference(String run, Role role, MetricRow row) {
    RunRecord like = record(run, "reference " + role, 1, RunStatus.DONE, row);
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

  private static RunRecord record(
      String run, String model, long seed, RunStatus status, MetricRow... metrics) {
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "t" + run,
        "exp",
        status,
        status == RunStatus.DONE ? "" : "because",
        new RunRecord.Subject(
            model, "family", "digits", "test", "cpu", "Some CPU", "fp32", seed, 1, "latent=8"),
        new RunRecord.Progress(10, 100, 1.5, 0),
        List.of(metrics),
        Map.of("state", "ab"),
        Map.of("jdk", "25"),
        Map.of("budget", Map.of("steps", 10)));
  }
}
