package dev.assay.cli;

import dev.assay.runner.experiment.ExperimentFile;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.yaml.Suggestion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the experiment that the command line names. */
final class ExperimentArgument {
  private ExperimentArgument() {}

  /**
   * Reads and checks a file.
   *
   * @throws UsageException if it is not there; the message names those that are
   */
  static ExperimentFile read(Path file, List<String> overrides, Registry registry)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder, not an experiment file", list(siblings(file)));
    }
    if (!Files.exists(file)) {
      Path folder = file.toAbsolutePath().getParent();
      List<String> names = folder == null ? List.of() : siblings(folder);
      String wanted = String.valueOf(file.getFileName());
      List<String> help = new ArrayList<>();
      Suggestion.of(wanted, names).ifPresent(name -> help.add("did you mean " + name + "?"));
      help.addAll(list(names));
      throw new UsageException("there is no file " + file, help);
    }
    return ExperimentFile.read(file, overrides, registry);
  }

  private static List<String> list(List<String> names) {
    return names.isEmpty() ? List.of() : List.of("there: " + String.join(", ", names));
  }

  private static List<String> siblings(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
        files.forEach(path -> names.add(String.valueOf(path.getFileName())));
      }
    }
    names.sort(null);
    return names.subList(0, Math.min(20, names.size()));
  }
}
