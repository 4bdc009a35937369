package dev.assay.jcuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds libraries that answer as a test wants. */
public final class Stubs {
  private static final Path SOURCES = Path.of("src", "test", "c").toAbsolutePath();

  private Stubs() {}

  /**
   * A library; the test is skipped if gcc is not there.
   *
   * @param source in the folder of test sources in C
   * @param library the file to make
   * @param answers values of the names that the source leaves open
   */
  public static Path build(String source, Path library, Map<String, Integer> answers)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.of(
                Stream.of("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString()),
                Stream.of(SOURCES.resolve(source).toString()),
                answers.entrySet().stream().map(e -> "-D" + e.getKey() + "=" + e.getValue()))
            .flatMap(x -> x)
            .toList();
    int exit;
    try {
      exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "skipped: no gcc to build a stub: " + e.getMessage());
      throw e;
    }
    if (exit != 0) {
      throw new IOException("gcc failed: " + command);
    }
    return library;
  }
}
