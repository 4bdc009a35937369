package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A build of Assay that can be started: a clone of the repository or an unpacked bundle, by its
 * folder or its launcher; or a jar, a plugin's or a module's or of all of Assay, which stands
 * before this program's own class path.
 *
 * @param command that arguments are added to
 * @param options of its JVM
 */
record Installation(List<String> command, List<String> options) {
  private static final String VARIABLE = "ASSAY_JAVA_OPTS";
  private static final String MAIN = "dev.assay.cli.Main";

  /**
   * @param path as the user gave it
   * @param options of its JVM, words
   * @throws UsageException if there is no such thing
   */
  static Installation of(Path path, String options) {
    List<String> words = new ArrayList<>();
    Stream.of(System.getenv().getOrDefault(VARIABLE, ""), options)
        .flatMap(text -> Stream.of(text.strip().split("\\s+")))
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    if (Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".jar")) {
      String classPath =
          path.toAbsolutePath() + File.pathSeparator + System.getProperty("java.class.path");
      return new Installation(SourceModule.java(words, classPath, MAIN), words);
    }
    for (Path launcher : List.of(path, path.resolve("bin/assay"), path.resolve("assay"))) {
      if (Files.isRegularFile(launcher) && Files.isExecutable(launcher)) {
        return new Installation(List.of(launcher.toAbsolutePath().toString()), words);
      }
    }
    throw new UsageException(
        "--ab: " + path + " is no build of Assay",
        List.of(
            "give a clone of the repository, an unpacked bundle, a launcher, or a jar that goes"
                + " before this program's class path"));
  }

  /**
   * Runs it to its end.
   *
   * @param log receives what it prints
   * @return the exit code
   */
  int run(List<String> arguments, Path log) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put(VARIABLE, String.join(" ", options));
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }
}
