package dev.assay.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The results folder of a dashboard. */
final class ShownFolder {
  private ShownFolder() {}

  /**
   * @throws UsageException if there is no such folder
   */
  static void check(Path results) {
    if (!Files.exists(results)) {
      throw new UsageException(
          "there is no folder " + results,
          List.of("an experiment makes it: assay run FILE; or name another: --results DIR"));
    }
    if (!Files.isDirectory(results)) {
      throw new UsageException(results + " is no folder; name one: --results DIR", List.of());
    }
  }
}
