package dev.assay.jcuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs of the CUDA toolkit, where it is installed. */
final class Toolkit {
  private static final Path REPORTS = Path.of("target", "ptxas");

  private Toolkit() {}

  /** Skips the calling test if a program is not there. */
  static void assume(String program) {
    boolean found =
        java.util.Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, "skipped: no " + program + " on the PATH");
  }

  /** What a program wrote; its exit code must be 0. */
  static String run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + text);
    }
    return text;
  }

  /**
   * Assembles PTX for a processor.
   *
   * @return the assembler's report, which is also kept as {@code target/ptxas/NAME-sm_NN.txt}
   */
  static String assemble(String name, String ptx, int processor, Path folder)
      throws IOException, InterruptedException {
    Path source = folder.resolve(name + ".ptx");
    Files.writeString(source, ptx);
    List<String> command = new ArrayList<>(List.of("ptxas", "-v", "-arch=sm_" + processor));
    command.addAll(List.of(source.toString(), "-o", folder.resolve(name + ".cubin").toString()));
    String report = run(folder, Map.of(), command.toArray(String[]::new));
    Files.createDirectories(REPORTS);
    Files.writeString(REPORTS.resolve(name + "-sm_" + processor + ".txt"), report);
    return report;
  }
}
