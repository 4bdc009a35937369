package dev.assay.store;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the store that does not hold what it should. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(Path file, String what) {
    super(file + " is damaged: " + what);
  }
}
