package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Leaderboard;
import dev.assay.store.Role;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a board may and may not say. */
final class TrustTest {
  @TempDir Path folder;

  @Test
  void aModelThatReplaysTrainingRowsHasTheBestDistanceAndNoRank() throws IOException {
    Assay.Result result =
        run(
            """
            schema: 1
            name: copies
            data: uci-digits
            models: [independent, {id: gmm, params: {components: 4}}, memoriser]
            budget: {epochs: 3}
            score: {metrics: [fid, precision], samples: 300}
            """);
    assertThat(result.code()).as(result.err()).isZero();
    List<Leaderboard.Row> fid = board("fid").stream().filter(TrustTest::competes).toList();
    assertThat(fid).extracting(Leaderboard.Row::model).first().isEqualTo("memoriser");
    assertThat(fid.getFirst().rank()).isNull();
    assertThat(fid.getFirst().flag()).startsWith("it copies training data");
    assertThat(fid.subList(1, 3)).extracting(Leaderboard.Row::rank).doesNotContainNull();
    assertThat(result.out()).contains("⚑ memoriser is unranked: it copies training data");
    RunRecord memoriser =
        records().stream()
            .filter(record -> record.subject().model().equals("memoriser"))
            .findFirst()
            .orElseThrow();
    assertThat(memoriser.flags()).singleElement().extracting("metric").isEqualTo("copying");
    assertThat(store().run(memoriser.run()).samples().resolve("samples-nearest.png"))
        .isNotEmptyFile();
  }

  @Test
  void everyBoardOfSamplesHasTwoReferencesAndNormalisedScores() throws IOException {
    Assay.Result result =
        run(
            """
            schema: 1
            name: references
            data: gaussians-8
            models: [{id: gmm, params: {components: 8}}]
            budget: {epochs: 2}
            score: {metrics: [nll, fid, coverage, mmd], samples: 500}
            """);
    assertThat(result.code()).as(result.err()).isZero();
    for (String metric : List.of("fid", "coverage", "mmd", "copying")) {
      assertThat(board(metric))
          .extracting(Leaderboard.Row::role)
          .containsExactlyInAnyOrder(Role.MODEL, Role.ATTAINABLE, Role.FLOOR);
    }
    assertThat(board("nll")).extracting(Leaderboard.Row::role).containsOnly(Role.MODEL);
    for (Leaderboard.Row row : board("coverage")) {
      double expected =
          switch (row.role()) {
            case ATTAINABLE -> 1;
            case FLOOR -> 0;
            case MODEL ->
                (row.mean() - mean("coverage", Role.FLOOR))
                    / (mean("coverage", Role.ATTAINABLE) - mean("coverage", Role.FLOOR));
          };
      assertThat(row.normalised()).isEqualTo(expected);
      assertThat(row.rank() == null).isEqualTo(row.role().isReference());
    }
    assertThat(result.out()).contains("reference: training data", "reference: columns alone");
    long before = made(Role.FLOOR);
    assertThat(run(Files.readString(folder.resolve("experiment.yaml"))).code()).isZero();
    assertThat(made(Role.FLOOR)).as("a reference is made once").isEqualTo(before);
  }

  @Test
  void exactAndBoundLikelihoodsAndTwoBinarisationsAreBoardsOfTheirOwn() throws IOException {
    Assay.Result result =
        run(
            """
            schema: 1
            name: boards
            data: {id: uci-digits, preprocess: {binarize: threshold}}
            models: [independent, {id: vae, params: {latent: 2, hidden: [16]}}]
            budget: {steps: 20}
            sweep:
              - grid: {data.preprocess.binarize: [threshold, static]}
            score: {metrics: [nll], samples: 0, importance_samples: 5}
            """);
    assertThat(result.code()).as(result.err()).isZero();
    List<Leaderboard.Row> nll = board("nll");
    assertThat(nll)
        .allMatch(row -> row.rank() != null && row.rank() == 1, "alone on its board, and first");
    assertThat(
            nll.stream()
                .map(Leaderboard.Row::key)
                .distinct()
                .map(key ->
                    key.kind()
                        + " "
                        + key.signaturePart("method").orElseThrow()
                        + " "
                        + key.signaturePart("binarize").orElseThrow())
                .collect(Collectors.toList()))
        .containsExactlyInAnyOrder(
            "exact/mass exact static",
            "exact/mass exact threshold-8",
            "lower_bound/mass elbo static",
            "lower_bound/mass elbo threshold-8",
            "lower_bound/mass iwae static",
            "lower_bound/mass iwae threshold-8");
    assertThat(result.out())
        .contains("uci-digits, binarize:static", "uci-digits, binarize:threshold-8");
    assertThat(compare("independent", "threshold", "vae", "threshold"))
        .contains("nll does not compare: kind exact ≠ lower_bound");
    assertThat(compare("independent", "threshold", "independent", "static"))
        .contains("nll does not compare: binarisation threshold-8 ≠ static");
  }

  private String compare(String a, String binarizeA, String b, String binarizeB)
      throws IOException {
    Assay.Result result =
        Assay.run(
            "compare",
            find(a, binarizeA),
            find(b, binarizeB),
            "--results",
            folder.resolve("out").toString());
    return result.out() + result.err();
  }

  private String find(String model, String binarize) throws IOException {
    return records().stream()
        .filter(record ->
            record.subject().model().equals(model)
                && record.config().toString().contains("binarize=" + binarize))
        .findFirst()
        .orElseThrow()
        .run();
  }

  private long made(Role role) throws IOException {
    RunRecord reference =
        records().stream().filter(record -> record.role() == role).findFirst().orElseThrow();
    return Files.getLastModifiedTime(store().run(reference.run()).recordFile()).toMillis();
  }

  private double mean(String metric, Role role) throws IOException {
    return board(metric).stream()
        .filter(row -> row.role() == role)
        .mapToDouble(Leaderboard.Row::mean)
        .findFirst()
        .orElseThrow();
  }

  private static boolean competes(Leaderboard.Row row) {
    return row.role() == Role.MODEL;
  }

  private Assay.Result run(String experiment) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.yaml"), experiment);
    return Assay.run("run", file.toString(), "--out", folder.resolve("out").toString());
  }

  private RunStore store() {
    return new RunStore(folder.resolve("out"));
  }

  private List<RunRecord> records() throws IOException {
    return store().read().records();
  }

  private List<Leaderboard.Row> board(String metric) throws IOException {
    return Leaderboard.of(records()).stream().filter(row -> row.metric().equals(metric)).toList();
  }
}
