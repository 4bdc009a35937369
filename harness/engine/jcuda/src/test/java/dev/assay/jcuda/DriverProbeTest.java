package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jcuda.driver.DriverProbe;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a machine cannot run the backend, in one line. */
final class DriverProbeTest {
  @TempDir private Path folder;

  private Optional<String> reason(int init, int version, int count, int major, int minor)
      throws Exception {
    Map<String, Integer> answers =
        Map.of("INIT", init, "VERSION", version, "COUNT", count, "MAJOR", major, "MINOR", minor);
    Path stub = Stubs.build("libcuda.c", folder.resolve("libcuda.so.1"), answers);
    Optional<String> reason = DriverProbe.unavailable(stub.toString());
    reason.ifPresent(line -> assertThat(line).doesNotContain("\n"));
    return reason;
  }

  @Test
  void withoutADriverTheReasonNamesTheLibraryAndWhatToInstall() {
    assertThat(DriverProbe.unavailable("libcuda-of-nobody.so.1"))
        .hasValueSatisfying(line ->
            assertThat(line)
                .startsWith("no NVIDIA driver")
                .contains("libcuda-of-nobody.so.1", "install"));
  }

  @Test
  void aDriverThatSeesNoDeviceSaysSo() throws Exception {
    assertThat(reason(100, 12040, 0, 9, 0))
        .hasValueSatisfying(line -> assertThat(line).contains("sees no GPU", "nvidia-smi"));
  }

  @Test
  void aDriverThatCountsNoDeviceSaysSo() throws Exception {
    assertThat(reason(0, 12040, 0, 9, 0))
        .hasValueSatisfying(line -> assertThat(line).contains("sees no GPU"));
  }

  @Test
  void aDriverThatDoesNotStartGivesItsError() throws Exception {
    assertThat(reason(999, 12040, 1, 9, 0))
        .hasValueSatisfying(line -> assertThat(line).contains("CUDA_ERROR_STUB"));
  }

  @Test
  void aDriverOfCuda11IsTooOld() throws Exception {
    assertThat(reason(0, 11080, 1, 9, 0))
        .hasValueSatisfying(line -> assertThat(line).contains("too old", "CUDA 11.8", "12.0"));
  }

  @Test
  void aDeviceBeforeTuringIsTooOld() throws Exception {
    assertThat(reason(0, 13000, 1, 7, 0))
        .hasValueSatisfying(line -> assertThat(line).contains("too old", "Stub GPU", "7.0", "7.5"));
  }

  @Test
  void aRecentDeviceUnderAnyDriverOfCuda12Or13IsFine() throws Exception {
    assertThat(reason(0, 12000, 1, 7, 5)).isEmpty();
  }
}
