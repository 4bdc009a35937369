package dev.assay.dashboard;

import java.io.IOException;

/** Others could reach what no token guards. */
public final class UnguardedException extends IOException {
  private static final long serialVersionUID = 1;

  UnguardedException(String host) {
    super(
        host
            + " can be reached by others, and there is no token to let anybody in; make one with"
            + " assay token create --scope read, or bind 127.0.0.1");
  }
}
