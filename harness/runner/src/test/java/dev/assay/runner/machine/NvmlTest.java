package dev.assay.runner.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NVIDIA's management library, played by one that gcc builds. */
final class NvmlTest {
  private static final Path SOURCE = Path.of("src", "test", "c", "libnvidia-ml.c").toAbsolutePath();

  @TempDir private Path folder;

  /** A library; the test is skipped if gcc is not there. */
  private Optional<Nvml> stub(String... answers) throws IOException, InterruptedException {
    Path library = folder.resolve("libnvidia-ml.so.1");
    List<String> command =
        new ArrayList<>(
            List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString()));
    for (String answer : answers) {
      command.add("-D" + answer);
    }
    int exit;
    try {
      exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "skipped: no gcc to build a stub of the library: " + e.getMessage());
      throw e;
    }
    assertThat(exit).isZero();
    return Nvml.open(library.toString());
  }

  @Test
  void theGpuTellsItsNameMemoryPaceAndEnergy() throws Exception {
    Nvml nvml = stub("INIT=0", "ENERGY=5000", "STEP=250").orElseThrow();
    assertThat(nvml.driver()).contains("580.12.34");
    Gpu gpu = nvml.gpus().getFirst();
    assertThat(gpu)
        .isEqualTo(
            new Gpu(
                "Stub H200",
                OptionalLong.of(1L << 37),
                OptionalLong.of(1L << 36),
                OptionalInt.of(42),
                OptionalInt.of(1980),
                OptionalInt.of(3201),
                OptionalInt.of(350_000),
                OptionalLong.of(5000)));
    assertThat(nvml.gpus().getFirst().millijoules()).hasValue(5250);
  }

  @Test
  void whatAGpuDoesNotSupportIsEmptyAndNotZero() throws Exception {
    Gpu old = stub("INIT=0", "ENERGY=1", "STEP=1").orElseThrow().gpus().get(1);
    assertThat(old.name()).isEqualTo("Stub old");
    assertThat(old.millijoules()).isEmpty();
    assertThat(old.memory()).isEmpty();
    assertThat(old.utilisation()).isEmpty();
    assertThat(old.smClock()).isEmpty();
    assertThat(old.milliwatts()).isEmpty();
  }

  @Test
  void aDriverBeforeTheFunctionOfEnergyHasNone() throws Exception {
    Nvml nvml = stub("INIT=0", "ENERGY=0", "STEP=0", "NO_ENERGY").orElseThrow();
    assertThat(nvml.gpus().getFirst().millijoules()).isEmpty();
    assertThat(nvml.gpus().getFirst().memory()).isPresent();
  }

  @Test
  void thereIsNoneWithoutALibraryOrWhereItDoesNotStart() throws Exception {
    assertThat(Nvml.open("libnvidia-ml-of-nobody.so.1")).isEmpty();
    assertThat(stub("INIT=999", "ENERGY=1", "STEP=1")).isEmpty();
  }
}
