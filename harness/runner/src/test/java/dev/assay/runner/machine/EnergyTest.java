package dev.assay.runner.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
    Energy before = new Energy(processors(1_000_000, 9_000_000), List.of(500L, 0L), false);
    Energy after = new Energy(processors(3_000_000, 1_000_000), List.of(1500L, 250L), false);
    // 2 J and, over the end of the counter at 10 J, 2 J; of the GPUs 1 J and 0.25 J.
    assertThat(after.joulesSince(before)).hasValue(5.25);
    assertThat(after.source()).contains("rapl+nvml");
  }

  @Test
  void oneKindOfCounterIsEnough() throws IOException {
    Energy gpu = new Energy(NONE, List.of(100L), false);
    assertThat(gpu.source()).contains("nvml");
    assertThat(new Energy(NONE, List.of(350L), false).joulesSince(gpu)).hasValue(0.25);
    Energy processors = new Energy(processors(5), List.of(), false);
    assertThat(processors.source()).contains("rapl");
  }

  @Test
  void aGpuThatTellsItsPowerAloneIsMeteredByReadings() throws IOException {
    // 100 W for 2 s, then a rise to 300 W within 1 s: 200 J and 200 J
    Iterator<Integer> watts = List.of(100, 100, 300).iterator();
    Iterator<Long> seconds = List.of(0L, 2L, 3L).iterator();
    PowerMeter meter =
        new PowerMeter(
            () -> List.of(OptionalInt.of(watts.next() * 1000)),
            () -> seconds.next() * 1_000_000_000L);
    List<Gpu> gpus = List.of(gpu(OptionalInt.of(100_000)));
    Energy before = Energy.of(NONE, gpus, () -> Optional.of(meter));
    assertThat(before.gpus()).containsExactly(200_000L);
    Energy after = Energy.of(NONE, gpus, () -> Optional.of(meter));
    assertThat(after.joulesSince(before)).hasValue(200);
    assertThat(after.source()).contains("nvml-power");
    assertThat(Energy.of(NONE, List.of(gpu(OptionalInt.empty())), Optional::empty).source())
        .isEmpty();
  }

  private static Gpu gpu(OptionalInt milliwatts) {
    OptionalInt no = OptionalInt.empty();
    OptionalLong none = OptionalLong.empty();
    return new Gpu("old", none, none, no, no, no, milliwatts, none);
  }

  @Test
  void whereNothingCanBeReadThereIsNoEnergyRatherThanNone() throws IOException {
    Energy nothing = new Energy(NONE, List.of(), false);
    assertThat(nothing.source()).isEmpty();
    assertThat(nothing.joulesSince(nothing)).isEmpty();
    assertThat(new Energy(NONE, List.of(1L), false).joulesSince(nothing)).isEmpty();
    Files.createDirectories(power.resolve("intel-rapl:0"));
    assertThat(Rapl.read(power).readable()).isFalse();
  }
}
