package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs of JMH itself. */
final class JmhTest {
  private static final String LOCK = "jmh.ignoreLock";

  @TempDir private Path folder;

  /** Other processes of JMH on this machine harm the numbers, which do not matter here. */
  @BeforeEach
  void ignoreOthers() {
    System.setProperty(LOCK, "true");
  }

  @AfterEach
  void heedOthers() {
    System.clearProperty(LOCK);
  }

  private static Request request(String... words) {
    List<String> whole = new ArrayList<>(List.of(words));
    whole.addAll(List.of("--jmh", "1", "--warm", "0.01", "--seconds", "0.01", "--blocks", "2"));
    whole.addAll(List.of("--threads", "1"));
    return Request.parse(whole.toArray(String[]::new));
  }

  @Test
  void jsonAndCsvOfJmhComeOutWithWhatIsAllocated() throws Exception {
    Path json = folder.resolve("jmh.json");
    Path csv = folder.resolve("jmh.csv");
    new Jmh(request("kernels", "sgemm-256", "--json", json.toString(), "--csv", csv.toString()))
        .run();
    assertThat(json)
        .content()
        .contains("KernelBenchmark.step")
        .contains("\"mode\" : \"avgt\"")
        .contains("\"name\" : \"sgemm-256\"")
        .contains("gc.alloc.rate.norm");
    assertThat(Files.readAllLines(csv).getFirst()).contains("Benchmark").contains("Score");
  }

  @Test
  void everyKindHasABenchmark() {
    for (String kind : Main.KINDS) {
      assertThatThrownBy(() -> new Jmh(request(kind, "no-such-thing")).run())
          .as(kind)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no-such-thing")
          .hasMessageContaining("choices: ");
    }
  }
}
