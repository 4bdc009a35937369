package dev.assay.jcuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.tensor.DeviceLostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which errors end one request, and which the whole process. */
final class DriverErrorTest {
  private static final Pattern DOCUMENTED =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(CUDA_ERROR_\\w+)\\s*=\\s*(\\d+)", Pattern.DOTALL);

  @Test
  void tooLittleMemoryIsARefusal() {
    assertThat(DriverError.of("cuMemAlloc of 7 bytes", 2, "CUDA_ERROR_OUT_OF_MEMORY"))
        .isInstanceOfSatisfying(
            DriverException.class,
            e -> assertThat(e.kind()).isEqualTo(DriverException.Kind.OUT_OF_MEMORY))
        .hasMessage("cuMemAlloc of 7 bytes failed: CUDA_ERROR_OUT_OF_MEMORY");
  }

  @Test
  void aWrongRequestIsARefusal() {
    assertThat(DriverError.of("cuLaunchKernel", 1, "CUDA_ERROR_INVALID_VALUE"))
        .isInstanceOfSatisfying(
            DriverException.class,
            e -> assertThat(e.kind()).isEqualTo(DriverException.Kind.REQUEST));
  }

  @ParameterizedTest
  @ValueSource(ints = {214, 700, 719, 999})
  void anErrorThatStaysIsALoss(int result) {
    assertThat(DriverError.of("cuGraphLaunch", result, "CUDA_ERROR_X"))
        .isInstanceOf(DeviceLostException.class)
        .hasMessageContainingAll("cuGraphLaunch failed: CUDA_ERROR_X", "lost");
  }

  @Test
  void everyErrorOfWhichTheToolkitSaysThatTheProcessMustEndIsALoss() throws Exception {
    String header = Files.readString(header());
    Matcher documented = DOCUMENTED.matcher(header);
    int found = 0;
    while (documented.find()) {
      String words = documented.group(1).replaceAll("[\\s*]+", " ");
      if (words.contains("must be terminated and relaunched")
          || words.contains("cannot be used anymore, and must be destroyed")) {
        int result = Integer.parseInt(documented.group(3));
        assertThat(DriverError.of("call", result, ""))
            .as(documented.group(2))
            .isInstanceOf(DeviceLostException.class);
        found++;
      }
    }
    assertThat(found).isGreaterThan(8);
  }

  /** The toolkit's cuda.h; the test is skipped where there is none. */
  private static Path header() throws java.io.IOException {
    Path toolkits = Path.of("/usr/local");
    assumeTrue(Files.isDirectory(toolkits), "skipped: no /usr/local");
    try (Stream<Path> folders = Files.list(toolkits)) {
      Optional<Path> header =
          folders
              .map(folder -> folder.resolve("include/cuda.h"))
              .filter(Files::isRegularFile)
              .findFirst();
      assumeTrue(header.isPresent(), "skipped: no CUDA toolkit in /usr/local");
      return header.get();
    }
  }
}
