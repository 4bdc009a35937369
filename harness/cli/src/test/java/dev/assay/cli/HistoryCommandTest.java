package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series that worsens and recovers, one below zero that rises, and one that is too short. */
final class HistoryCommandTest {
  private static final String HEADER =
      "commit,machine,experiment,dataset,model,params,backend,metric,kind,direction,unit,signature,"
          + "value,seeds";

  @TempDir Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @BeforeEach
  void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < 24; i++) {
      lines.add(row(i, "nll", "lower", (i / 8 == 1 ? 1.5 : 1.2) + 0.001 * (i % 3)));
      lines.add(row(i, "mmd", "lower", (i < 12 ? -0.2 : -0.1) + 0.001 * (i % 3)));
    }
    for (int i = 0; i < 5; i++) {
      lines.add(row(i, "fid", "lower", i < 2 ? 1 : 9));
    }
    Files.write(folder.resolve("points.csv"), lines);
  }

  private static String row(int commit, String metric, String direction, double value) {
    return "c%02d,cpu,points,two-moons,gmm,components=4,cpu,%s,exact,%s,1,v1,%s,5"
        .formatted(commit, metric, direction, value);
  }

  private String history(int code, String... arguments) {
    List<String> words = new ArrayList<>(List.of("history", "--file", folder.toString()));
    words.addAll(List.of(arguments));
    assertThat(Main.run(words.toArray(String[]::new), out, out)).isEqualTo(code);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyChangeIsListedInBothDirections() {
    String shown = history(0, "--metric", "nll");
    assertThat(shown).containsPattern("nll +c08 +worse +1.2.* \\+25\\.0 %");
    assertThat(shown).containsPattern("nll +c16 +better +1.5.* -20\\.0 %");
    assertThat(shown).contains("2 changes in 1 series").doesNotContain("too short");
  }

  @Test
  void partsOfNumbersBelowZeroAreLeftOutAndShortSeriesAreCounted() {
    String shown = history(0);
    assertThat(shown).containsPattern("mmd +c12 +worse +-0.1990 +-0.09900 +0.001 +cpu");
    assertThat(shown).contains("3 changes in 3 series", "too short to tell a change: 1, of fewer");
  }

  @Test
  void aMetricThatIsNotThereIsAnsweredByThoseThatAre() {
    assertThat(history(2, "--metric", "nl"))
        .contains("is of 'nl'", "there are: fid, mmd, nll")
        .doesNotContain("\tat ");
  }
}
