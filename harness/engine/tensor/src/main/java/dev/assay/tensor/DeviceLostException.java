package dev.assay.tensor;

import java.io.Serial;

/**
 * A device is of no use to this process any more: everything on it fails until the process ends.
 * The message says what happened, in the driver's words.
 */
public final class DeviceLostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public DeviceLostException(String message) {
    super(message);
  }

  /** Whether an error, or one that it stems from, is such a loss. */
  public static boolean isBehind(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeviceLostException) {
        return true;
      }
    }
    return false;
  }
}
