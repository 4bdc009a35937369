package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.ResultRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JmhResultsTest {
  @TempDir Path folder;

  private List<ResultRow> rows(String mode, String forks, double bytes) throws Exception {
    return rows(mode, forks, "[[%s], [%s]]".formatted(bytes, bytes));
  }

  private List<ResultRow> rows(String mode, String forks, String bytes) throws Exception {
    String json =
        """
        [{"jmhVersion": "1.37", "benchmark": "a.B.c", "mode": "%s", "threads": 1, "forks": 3,
          "params": {"n": "64"},
          "primaryMetric": {"score": 1, "scoreUnit": "ops/s", "rawData": %s},
          "secondaryMetrics": {
            "\\u00b7gc.alloc.rate.norm": {"score": 1, "scoreUnit": "B/op", "rawData": %s}}}]
        """
            .formatted(mode, forks, bytes);
    return JmhResults.read(Files.writeString(folder.resolve("jmh.json"), json));
  }

  @Test
  void aForkIsARepeatAndTheModeSaysWhatIsBetter() throws Exception {
    List<ResultRow> rows = rows("thrpt", "[[1, 3], [4, 6]]", 24);
    assertThat(rows).hasSize(4);
    assertThat(rows.getFirst().subject().model()).isEqualTo("a.B.c");
    assertThat(rows.getFirst().subject().params()).isEqualTo("n=64");
    ResultRow.Value value = rows.getFirst().value().orElseThrow();
    assertThat(value.value()).isEqualTo(2);
    assertThat(value.direction()).isEqualTo("higher");
    assertThat(rows("avgt", "[[1]]", 24).getFirst().value().orElseThrow().direction())
        .isEqualTo("lower");
  }

  @Test
  void fewerOperationsASecondAndMoreTimeAreBothRegressions() throws Exception {
    List<ResultRow> low = rows("thrpt", "[[100, 101], [99, 100], [100, 100]]", 24);
    List<ResultRow> high = rows("thrpt", "[[120, 121], [119, 120], [120, 121]]", 24);
    assertThat(verdict(high, low)).isEqualTo(Verdict.REGRESSED);
    assertThat(verdict(low, high)).isEqualTo(Verdict.IMPROVED);
    List<ResultRow> fast = rows("avgt", "[[100, 101], [99, 100], [100, 100]]", 24);
    List<ResultRow> slow = rows("avgt", "[[120, 121], [119, 120], [120, 121]]", 24);
    assertThat(verdict(fast, slow)).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void inModeSampleAnIterationIsTheMeanOfItsHistogram() throws Exception {
    String json =
        """
        [{"jmhVersion": "1.37", "benchmark": "a.B.c", "mode": "sample", "threads": 1,
          "primaryMetric": {"score": 1, "scoreUnit": "s/op",
            "rawDataHistogram": [[[[2, 3], [6, 1]], [[5, 2]]], [[[4, 1]]]]}}]
        """;
    List<ResultRow> rows = JmhResults.read(Files.writeString(folder.resolve("sample.json"), json));
    // (2·3 + 6·1) / 4 = 3 and 5: 4 in the mean of the first fork.
    assertThat(rows).extracting(row -> row.value().orElseThrow().value()).containsExactly(4.0, 4.0);
    assertThat(rows.getFirst().value().orElseThrow().direction()).isEqualTo("lower");
  }

  @Test
  void whatIsNoNumberIsNotTakenForZero() throws Exception {
    ResultRow.Value value = rows("avgt", "[[\"NaN\", 1]]", 24).getFirst().value().orElseThrow();
    assertThat(value.value()).isNaN();
  }

  @Test
  void allocatedBytesMayNotGrow() throws Exception {
    List<ResultRow> before = rows("avgt", "[[1], [1]]", 24.0003);
    assertThat(verdict(before, rows("avgt", "[[1], [1]]", 24.0001))).isEqualTo(Verdict.EQUIVALENT);
    assertThat(verdict(before, rows("avgt", "[[1], [1]]", 40))).isEqualTo(Verdict.REGRESSED);
  }

  /** A build against itself, as it was measured: 10 to 27 operations in each iteration. */
  @Test
  void whatOtherThreadsAllocateMeanwhileIsNoRegression() throws Exception {
    String first = "[[385.6, 1166.4, 9782.9], [189.6, 2440.0, 2882.6]]";
    String second = "[[584.8, 528.6, 10537.8], [723.0, 583.2, 7203.2]]";
    List<ResultRow> before = rows("avgt", "[[1], [1]]", first);
    assertThat(verdict(before, rows("avgt", "[[1], [1]]", second))).isEqualTo(Verdict.EQUIVALENT);
    String more = "[[9584.8, 9528.6, 19537.8], [9723.0, 9583.2, 16203.2]]";
    assertThat(verdict(before, rows("avgt", "[[1], [1]]", more))).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void whatJmhDidNotWriteIsRefusedInWords() throws Exception {
    Path file = folder.resolve("x.json");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> JmhResults.read(file))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("is no JSON");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> JmhResults.read(file)).hasMessageContaining("no results of JMH");
    Files.writeString(file, "[{\"benchmark\": \"b\"}]");
    assertThatThrownBy(() -> JmhResults.read(file))
        .hasMessageContaining("primaryMetric.rawData: b");
  }

  private static Verdict verdict(List<ResultRow> before, List<ResultRow> after) {
    return Gate.compare(before, after, GateRules.of(Map.of())).verdict();
  }
}
