package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
final class LauncherTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path MALFORMED =
      Path.of("src", "test", "resources", "malformed").toAbsolutePath();

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command);
    }
    return new Outcome(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Java with the launcher's options, on this test's class path. */
  private static List<String> java(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.assay.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void theExitCodeOfABadFileIsTwoAndOfGoodUsageZero() throws Exception {
    String file = MALFORMED.resolve("key-of-model-misspelt.yaml").toString();
    Outcome bad = run(java(List.of(), "plan", file), Map.of());
    assertThat(bad.code()).isEqualTo(2);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err())
        .contains(file + ":6:14: error: models.vae.params has no key 'laten'")
        .contains("did you mean 'latent'?")
        .doesNotContain("\033");
    assertThat(run(java(List.of(), "--version"), Map.of()).code()).isZero();
  }

  @Test
  void noClassThatAFileNamesIsLoaded() throws Exception {
    Path log = folder.resolve("classes");
    for (String name : List.of("class-as-tag", "class-as-key", "class-as-model")) {
      String file = MALFORMED.resolve(name + ".yaml").toString();
      List<String> logging = List.of("-Xlog:class+load=info:file=" + log);
      Outcome outcome = run(java(logging, "plan", file), Map.of());
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(text(log)).contains("dev.assay.cli.Main").doesNotContain("Tripwire");
    }
  }

  @Test
  void theLocaleDoesNotChangeTheOutput() throws Exception {
    Outcome plain = run(java(List.of(), "list", "models"), Map.of("LC_ALL", "C"));
    Outcome german =
        run(
            java(List.of("-Duser.language=de", "-Duser.country=DE"), "list", "models"),
            Map.of("LC_ALL", "C.UTF-8"));
    assertThat(plain.out()).isEqualTo(german.out()).contains("─");
  }

  @Test
  void theLauncherPassesFilesAndExitCodesOn() throws Exception {
    Path built = ROOT.resolve("target").resolve("launcher").resolve("classpath");
    assumeTrue(Files.exists(built), "skipped: ./assay has not been built here yet");
    String file = MALFORMED.resolve("boolean-of-yaml-1.1.yaml").toString();
    Outcome outcome = run(List.of(ROOT.resolve("assay").toString(), "plan", file), Map.of());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(":7:13: error: ").contains("write false");
  }

  @Test
  void withoutADriverTheCellsOfTheGpuAreSkippedWithTheReasonAndTheCpuRuns() throws Exception {
    // The loader meets this file first, and it is no library: no driver, whatever this machine has.
    Files.writeString(folder.resolve("libcuda.so.1"), "no library");
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", folder.toString());
    Path file =
        Files.writeString(
            folder.resolve("both.yaml"),
            """
            schema: 1
            name: both
            data: {id: uci-digits, preprocess: {binarize: threshold}}
            models: [independent]
            backends: [cpu, jcuda]
            budget: {steps: 1}
            score: {metrics: [nll], samples: 10}
            """);
    Outcome ran =
        run(
            java(List.of(), "run", file.toString(), "--out", folder.resolve("r").toString()),
            environment);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("no NVIDIA driver").doesNotContain("\tat ");
    assertThat(text(folder.resolve("r").resolve("results.csv")))
        .contains(",DONE,independent,", ",SKIPPED,independent,", ",jcuda,");
    Outcome listed = run(java(List.of(), "list", "backends"), environment);
    assertThat(listed.out()).contains("fp32, tf32, bf16").contains("no: no NVIDIA driver");
  }
}
