package dev.assay.jcuda.driver;

import java.io.Serial;

/**
 * The CUDA driver refuses a request, and goes on; the message names the call and CUDA's own words.
 */
public final class DriverException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What an error means for what comes after. */
  public enum Kind {
    /** Too little memory on the device: smaller requests may succeed. */
    OUT_OF_MEMORY,
    /** This request alone failed. */
    REQUEST
  }

  private final Kind kind;

  public DriverException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
