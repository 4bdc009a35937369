package dev.assay.runner.experiment;

import dev.assay.spi.Dataset;
import dev.assay.spi.OwnFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A user's own files, as an experiment describes them.
 *
 * @param folder where relative paths start
 */
public record OwnData<C extends Record>(OwnFiles<C> files, C config, Path folder) {
  /**
   * Reads the files whole.
   *
   * @throws IOException if a file is missing or malformed
   */
  Dataset load() throws IOException {
    return files.load(config, folder);
  }
}
