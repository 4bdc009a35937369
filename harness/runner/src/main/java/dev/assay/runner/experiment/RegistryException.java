package dev.assay.runner.experiment;

/** What is on the class path does not fit together. */
public final class RegistryException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message) {
    super(message);
  }

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
