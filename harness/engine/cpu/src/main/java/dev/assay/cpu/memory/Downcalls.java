package dev.assay.cpu.memory;

/** What calls of native functions share. */
public final class Downcalls {
  private Downcalls() {}

  /** Native functions throw nothing, but {@code invokeExact} declares it. */
  public static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
