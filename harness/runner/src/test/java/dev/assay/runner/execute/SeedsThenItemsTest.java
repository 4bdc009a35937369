package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.store.AtomicFiles;
import dev.assay.store.MetricRow;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.store.SafeTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedsThenItemsTest {
  private static final int ITEMS = 50;

  @TempDir Path folder;

  /**
   * A run whose item i has the score i + seed + {@code shift} in nats, and half of it as metric.
   */
  private RunRecord run(RunStore store, int seed, double shift, String data) throws Exception {
    double[] scores = IntStream.range(0, ITEMS).mapToDouble(i -> i + seed + shift).toArray();
    double mean = (ITEMS - 1) / 2.0 + seed + shift;
    MetricRow row =
        new MetricRow(
            "", "nll", "exact/mass", "lower", mean / 2, null, null, ITEMS, "u", "v1|method:exact");
    RunRecord record =
        new RunRecord(
            RunRecord.SCHEMA,
            "run" + seed,
            "t",
            "e",
            RunStatus.DONE,
            "",
            new RunRecord.Subject("m", "f", "d", "test", "cpu", "cpu", "fp32", seed, 1, ""),
            RunRecord.Progress.none(),
            List.of(row),
            Map.of(),
            Map.of(),
            Map.of("seed", seed));
    RunFolder run = store.run(record.run());
    AtomicFiles.createFolders(run.path());
    SafeTensors.write(
        run.scores(),
        new NamedArrays(
            Map.of("exact", new NamedArrays.Array.F64(new int[] {ITEMS}, scores)),
            Map.of("data", data)));
    return record;
  }

  private List<RunRecord> runs(RunStore store, double shift, String data) throws Exception {
    return List.of(
        run(store, 1, shift, data), run(store, 2, shift, data), run(store, 3, shift, data));
  }

  private Optional<SeedsThenItems> compare(String otherData) throws Exception {
    RunStore a = new RunStore(folder.resolve("a"));
    RunStore b = new RunStore(folder.resolve("b"));
    List<RunRecord> first = runs(a, 0, "data");
    List<RunRecord> second = runs(b, 3, otherData);
    SeedComparison.Line line = SeedComparison.of(first, second).getFirst();
    return SeedsThenItems.of(line, a, first, b, second);
  }

  @Test
  void whatAllItemsAndSeedsShareHasNoIntervalAndTheRestHas() throws Exception {
    SeedsThenItems found = compare("data").orElseThrow();
    assertThat(found.difference().low()).isCloseTo(-1.5, within(1e-9));
    assertThat(found.difference().high()).isCloseTo(-1.5, within(1e-9));
    // Mean (24.5 + 2) / 2; standard error √(ITEMS² / 12 / ITEMS + 2 / 3 / 3) / 2 = 1.05.
    assertThat(found.first().low()).isBetween(13.25 - 2.5, 13.25 - 1.6);
    assertThat(found.first().high()).isBetween(13.25 + 1.6, 13.25 + 2.5);
  }

  @Test
  void otherItemsDoNotPair() throws Exception {
    assertThat(compare("other")).isEmpty();
  }
}
