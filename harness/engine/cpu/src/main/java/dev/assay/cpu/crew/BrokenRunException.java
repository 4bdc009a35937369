package dev.assay.cpu.crew;

import java.io.Serial;

/** Unwinds a body whose run has failed in another thread. */
final class BrokenRunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  static final BrokenRunException INSTANCE = new BrokenRunException();

  private BrokenRunException() {
    super("another thread of the crew failed", null, false, false);
  }
}
