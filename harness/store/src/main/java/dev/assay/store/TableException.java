package dev.assay.store;

import java.io.IOException;
import java.nio.file.Path;

/** A table of results that cannot be used: the message says where, what, and what would do. */
public final class TableException extends IOException {
  private static final long serialVersionUID = 1L;

  TableException(Path file, String problem) {
    super(file + ": " + problem);
  }

  TableException(Path file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
