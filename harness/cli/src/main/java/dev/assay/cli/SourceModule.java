package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is no part of the program, such as the benchmarks: built from its sources by Maven
 * and run in a process of its own.
 */
final class SourceModule {
  private static final String COMPILE_COMMANDS = "harness/engine/cpu/src/main/jvm/compile-commands";

  private static final String BUILD = "target/quick";

  private final Path root;
  private final String folder;
  private final String what;
  private final String main;

  private SourceModule(Path root, String folder, String what, String main) {
    this.root = root;
    this.folder = folder;
    this.what = what;
    this.main = main;
  }

  /**
   * @param folder of the module, from the root of the sources
   * @param what its name for people, in the plural
   * @param main the class to run
   * @throws UsageException if the program does not run from its sources
   */
  static SourceModule find(String folder, String what, String main) {
    Path root = Path.of(System.getProperty("assay.root", "."));
    if (!Files.isRegularFile(root.resolve(folder).resolve("pom.xml"))) {
      throw new UsageException(
          "there are no " + what + " in " + root.toAbsolutePath().normalize(),
          List.of("they come with the sources: run ./assay in a clone of the repository"));
    }
    return new SourceModule(root, folder, what, main);
  }

  /**
   * Brings the build of a module up to date, and with it what the module needs.
   *
   * @param phase as Maven names it
   * @param options further ones for Maven
   * @throws IOException if it fails; the message says where its output is
   */
  void build(String module, String phase, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "-Dquick", "-Dstyle.color=never"));
    command.addAll(options);
    command.addAll(List.of("-pl", module, "-am", phase));
    Path log = root.resolve("target/" + Path.of(folder).getFileName() + "-build.log");
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    if (await(builder) != 0) {
      throw new IOException("the build of the " + what + " failed; its output is in " + log);
    }
  }

  /** Where a module's classes are, and what else its build makes. */
  Path output(String module) {
    return root.resolve(module).resolve(BUILD).toAbsolutePath();
  }

  /**
   * Runs it with this process's streams.
   *
   * @return the exit code
   */
  int run(List<String> arguments) throws IOException {
    Path built = output(folder);
    String classPath = Files.readString(built.resolve("launcher.classpath")).strip();
    return run(built.resolve("classes") + File.pathSeparator + classPath, main, arguments);
  }

  /** Runs a class in a Java of its own, with this process's streams. */
  static int run(String classPath, String main, List<String> arguments) throws IOException {
    List<String> command = java(List.of(), classPath, main);
    command.addAll(arguments);
    return await(new ProcessBuilder(command).inheritIO());
  }

  /**
   * The command that starts a class as the launcher starts the program.
   *
   * @param options further ones for the JVM
   */
  static List<String> java(List<String> options, String classPath, String main) {
    Path root = Path.of(System.getProperty("assay.root", "."));
    Path bundled = root.resolve("lib/compile-commands");
    Path commands = Files.exists(bundled) ? bundled : root.resolve(COMPILE_COMMANDS);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC",
                "-XX:MaxRAMPercentage=50",
                "-XX:CompileCommandFile=" + commands.toAbsolutePath()));
    command.addAll(options);
    command.addAll(List.of("-Dassay.root=" + root, "-cp", classPath, main));
    return command;
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
