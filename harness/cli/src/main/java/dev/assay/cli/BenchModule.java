package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmarks, which are no part of the program: built from their sources by Maven and run in a
 * process of their own.
 */
final class BenchModule {
  private static final String COMPILE_COMMANDS = "harness/engine/cpu/src/main/jvm/compile-commands";

  private static final String MAIN = "dev.assay.bench.Main";
  private static final String BUILD = "target/quick";

  private final Path root;

  private BenchModule(Path root) {
    this.root = root;
  }

  /**
   * @throws UsageException if the program does not run from its sources
   */
  static BenchModule find() {
    Path root = Path.of(System.getProperty("assay.root", "."));
    if (!Files.isRegularFile(root.resolve("src/bench/pom.xml"))) {
      throw new UsageException(
          "there are no benchmarks in " + root.toAbsolutePath().normalize(),
          List.of("they come with the sources: run ./assay in a clone of the repository"));
    }
    return new BenchModule(root);
  }

  /**
   * Brings the build up to date.
   *
   * @param peer PyTorch's side too
   * @throws IOException if it fails; the message says where its output is
   */
  void build(boolean peer) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "-Dquick", "-Dstyle.color=never"));
    if (peer) {
      command.add("-Ppeer");
    }
    command.addAll(List.of("-pl", peer ? "src/bench/peer" : "src/bench", "-am", "process-classes"));
    Path log = root.resolve("target/bench-build.log");
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    if (await(builder) != 0) {
      throw new IOException("the benchmarks' build failed; its output is in " + log);
    }
  }

  /** Where the peer's classes and libraries are. */
  Path peerFolder() {
    return root.resolve("src/bench/peer").resolve(BUILD).toAbsolutePath();
  }

  /**
   * Runs the benchmarks with this process's streams.
   *
   * @return the exit code
   */
  int run(List<String> arguments) throws IOException {
    Path built = root.resolve("src/bench").resolve(BUILD);
    String classPath = Files.readString(built.resolve("launcher.classpath")).strip();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-XX:CompileCommandFile=" + root.resolve(COMPILE_COMMANDS).toAbsolutePath(),
                "-cp",
                built.resolve("classes") + File.pathSeparator + classPath,
                MAIN));
    command.addAll(arguments);
    return await(new ProcessBuilder(command).inheritIO());
  }

  private static int await(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }
}
