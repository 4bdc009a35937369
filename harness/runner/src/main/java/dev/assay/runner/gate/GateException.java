package dev.assay.runner.gate;

/** What the gate is given cannot be compared; the message says why and what would do. */
public final class GateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public GateException(String message) {
    super(message);
  }
}
