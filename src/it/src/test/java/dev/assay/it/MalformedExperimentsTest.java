package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in {@code malformed/} has one fault that {@code expected.csv} describes. */
final class MalformedExperimentsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "malformed");

  /**
   * @param place {@code line:column}
   * @param message what the message must contain
   * @param help what the suggestion must contain
   */
  record Expected(String file, String place, String message, String help) {
    Path path() {
      return FOLDER.resolve(file + ".yaml");
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Expected> expected() throws IOException {
    List<Expected> all = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve("expected.csv"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("; ", 4);
        all.add(new Expected(parts[0], parts[1], parts[2], parts[3]));
      }
    }
    return all;
  }

  @BeforeAll
  static void startUp() {
    Assay.run("list", "models");
    Assay.run("plan", FOLDER.resolve("empty.yaml").toString());
  }

  @Test
  void everyFileIsDescribed() throws IOException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER, "*.yaml")) {
      found.forEach(file -> files.add(file.getFileName().toString().replace(".yaml", "")));
    }
    assertThat(expected()).extracting(Expected::file).containsExactlyInAnyOrderElementsOf(files);
    assertThat(files).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("expected")
  void isRejectedWithPlaceReasonAndSuggestionInUnderASecond(Expected expected) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime(); // not of a clock, which other programs delay
    Assay.Result result = Assay.run("plan", expected.path().toString());
    double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    String head = expected.path() + ":" + expected.place() + ": error: ";
    String shown =
        Stream.of(result.err().split("\n\n"))
            .filter(p -> p.startsWith(head))
            .findFirst()
            .orElse("");
    assertThat(shown)
        .as("the problem at " + expected.place() + " in:\n" + result.err())
        .contains(expected.message());
    assertThat(shown.substring(shown.lastIndexOf(" = "))).contains(expected.help());
    assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(seconds).isLessThan(1);
  }

  @ParameterizedTest
  @MethodSource("expected")
  void runRejectsItLikePlanAndLeavesNothingBehind(Expected expected, @TempDir Path folder)
      throws IOException {
    Assay.Result plan = Assay.run("plan", expected.path().toString());
    Assay.Result run =
        Assay.run("run", expected.path().toString(), "--out", folder.resolve("results").toString());
    assertThat(run).isEqualTo(plan);
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @Test
  void noClassThatAFileNamesIsInitialised() throws IOException {
    for (Expected expected : expected()) {
      Assay.run("plan", expected.path().toString());
    }
    assertThat(System.getProperty(Tripwire.SPRUNG)).isNull();
  }

  @Test
  void aFileThatIsTooLargeIsRejectedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.yaml");
    Files.writeString(file, "# nothing\n".repeat(200_000));
    Assay.Result result = Assay.run("plan", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("large.yaml:1:1: error: the file is larger than 1 MiB");
  }
}
