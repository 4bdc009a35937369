package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.HistoryTable.Point;
import dev.assay.store.HistoryTable.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTableTest {
  @TempDir Path folder;

  private static RunRecord run(String commit, String cpu, long seed, double value) {
    return new RunRecord(
        RunRecord.SCHEMA,
        "r" + seed,
        "t",
        "e",
        RunStatus.DONE,
        "",
        new RunRecord.Subject("m", "f", "d", "test", "cpu", "cpu", "fp32", seed, 1, ""),
        RunRecord.Progress.none(),
        List.of(new MetricRow("", "fid", "sample", "lower", value, null, null, 9, "1", "v1")),
        Map.of(),
        Map.of("git.commit", commit, "cpu", cpu, "cores", "4", "jdk", "25.0.3+9"),
        Map.of());
  }

  @Test
  void seedsAreAveragedAndMachinesKeptApart() throws Exception {
    Path file = folder.resolve("h.csv");
    assertThat(HistoryTable.add(file, List.of(run("a", "X", 1, 2), run("a", "X", 2, 4))))
        .isEqualTo(1);
    HistoryTable.add(file, List.of(run("b", "X", 1, 5)));
    HistoryTable.add(file, List.of(run("b", "Y", 1, 9)));
    Map<Series, List<Point>> history = HistoryTable.read(file);
    assertThat(history.keySet())
        .extracting(Series::machine)
        .containsExactly("X, 4 cores, java 25", "Y, 4 cores, java 25");
    assertThat(history.values().iterator().next())
        .containsExactly(new Point("a", 3, 2), new Point("b", 5, 1));
  }

  @Test
  void resultsThatAreAddedTwiceCountOnce() throws Exception {
    Path file = folder.resolve("h.csv");
    List<RunRecord> first = List.of(run("a", "X", 1, 0.1), run("a", "X", 2, 0.2));
    assertThat(HistoryTable.add(file, first)).isEqualTo(1);
    assertThat(HistoryTable.add(file, first)).isZero();
    assertThat(HistoryTable.add(file, List.of(run("b", "X", 1, 0.1), run("b", "X", 2, 0.2))))
        .isEqualTo(1);
    assertThat(HistoryTable.read(file).values().iterator().next())
        .extracting(Point::commit)
        .containsExactly("a", "b");
  }

  @Test
  void whatIsNoNumberIsRefusedWithItsLine() throws Exception {
    Path file = folder.resolve("h.csv");
    HistoryTable.add(file, List.of(run("a", "X", 1, 0.5)));
    String good = Files.readString(file);
    for (String bad : List.of("NaN,1", "Infinity,1", "0.5,0", "half,1", "0.5,one")) {
      Files.writeString(file, good.replace("0.5,1", bad));
      assertThatThrownBy(() -> HistoryTable.read(file))
          .isInstanceOf(TableException.class)
          .hasMessageContaining("h.csv:2: value");
    }
  }

  @Test
  void anotherTableIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> HistoryTable.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("the header must be commit,machine");
  }
}
