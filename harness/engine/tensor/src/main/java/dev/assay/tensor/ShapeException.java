package dev.assay.tensor;

/**
 * Operands whose shapes or types do not fit an operation; the message names the operation and the
 * shapes.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }
}
