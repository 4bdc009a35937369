package dev.assay.jcuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds a libcuda that answers as a test wants. */
public final class StubDriver {
  private static final Path SOURCE = Path.of("src", "test", "c", "libcuda.c").toAbsolutePath();

  private StubDriver() {}

  /**
   * A library; the test is skipped if gcc is not there.
   *
   * @param answers INIT, VERSION, COUNT, MAJOR and MINOR
   */
  static Path build(Path folder, Map<String, Integer> answers)
      throws IOException, InterruptedException {
    Path library = folder.resolve("libcuda.so.1");
    List<String> command =
        Stream.of(
                Stream.of("gcc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString()),
                answers.entrySet().stream().map(e -> "-D" + e.getKey() + "=" + e.getValue()))
            .flatMap(x -> x)
            .toList();
    int exit;
    try {
      exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "skipped: no gcc to build a stub of the driver: " + e.getMessage());
      throw e;
    }
    if (exit != 0) {
      throw new IOException("gcc failed: " + command);
    }
    return library;
  }
}
