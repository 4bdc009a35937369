package dev.assay.runner.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnergyTest {
  private static final Rapl NONE = new Rapl(Map.of());

  @TempDir private Path power;

  private Rapl processors(long... microjoules) throws IOException {
    for (int i = 0; i < microjoules.length; i++) {
      Path folder = Files.createDirectories(power.resolve("intel-rapl:" + i));
      Files.writeString(folder.resolve("energy_uj"), microjoules[i] + "\n");
      Files.writeString(folder.resolve("max_energy_range_uj"), "10000000\n");
    }
    return Rapl.read(power);
  }

  @Test
  void processorsAndGpusAreAddedAndACounterMayBeginAnew() throws IOException {
    Energy before = new Energy(processors(1_000_000, 9_000_000), List.of(500L, 0L));
    Energy after = new Energy(processors(3_000_000, 1_000_000), List.of(1500L, 250L));
    // 2 J and, over the end of the counter at 10 J, 2 J; of the GPUs 1 J and 0.25 J.
    assertThat(after.joulesSince(before)).hasValue(5.25);
    assertThat(after.source()).contains("rapl+nvml");
  }

  @Test
  void oneKindOfCounterIsEnough() throws IOException {
    Energy gpu = new Energy(NONE, List.of(100L));
    assertThat(gpu.source()).contains("nvml");
    assertThat(new Energy(NONE, List.of(350L)).joulesSince(gpu)).hasValue(0.25);
    Energy processors = new Energy(processors(5), List.of());
    assertThat(processors.source()).contains("rapl");
  }

  @Test
  void whereNothingCanBeReadThereIsNoEnergyRatherThanNone() throws IOException {
    Energy nothing = new Energy(NONE, List.of());
    assertThat(nothing.source()).isEmpty();
    assertThat(nothing.joulesSince(nothing)).isEmpty();
    assertThat(new Energy(NONE, List.of(1L)).joulesSince(nothing)).isEmpty();
    Files.createDirectories(power.resolve("intel-rapl:0"));
    assertThat(Rapl.read(power).readable()).isFalse();
  }
}
