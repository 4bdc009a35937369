package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers that learn from samples. */
final class AugmentationTest {
  @TempDir Path folder;

  @Test
  void aClassifierLearnsMoreFromDigitsThanFromSamplesOfAModelThatHasHardlySeenAny()
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("experiment.yaml"),
            """
            schema: 1
            name: augmentation
            data: uci-digits
            models: [cgan, {id: gmm, params: {components: 2}}]
            budget: {steps: 3}
            score: {metrics: [nll], samples: 0}
            tasks: [{id: augmentation, params: {examples: 100}}]
            """);
    Path out = folder.resolve("out");
    Assay.Result result = Assay.run("run", file.toString(), "--out", out.toString());
    assertThat(result.code()).as(result.err()).isZero();

    RunRecord cgan = record(out, "cgan");
    assertThat(value(cgan, "real")).isGreaterThan(0.6);
    assertThat(value(cgan, "both")).isGreaterThan(0.6);
    assertThat(value(cgan, "synthetic")).isLessThan(0.4);
    assertThat(cgan.metrics())
        .filteredOn(row -> row.metric().equals("augmentation.both"))
        .allSatisfy(row -> {
          assertThat(row.signature()).contains("|examples:100|judge:classifier-v1|train:200|");
          assertThat(row.n()).isEqualTo(359);
        });
    RunRecord gmm = record(out, "gmm");
    assertThat(gmm.metrics()).noneMatch(row -> row.metric().startsWith("augmentation"));
    assertThat(Files.readString(new RunStore(out).run(gmm.run()).events()))
        .contains(
            "\"task\":\"augmentation\",\"reason\":\"its samples do not depend on the label\"");
  }

  private static RunRecord record(Path out, String model) throws IOException {
    return new RunStore(out)
        .read().records().stream()
            .filter(record -> record.subject().model().equals(model))
            .findFirst()
            .orElseThrow();
  }

  private static double value(RunRecord record, String name) {
    return record.metrics().stream()
        .filter(row -> row.metric().equals("augmentation." + name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
