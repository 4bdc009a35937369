package dev.assay.cpu.gemm;

/** What calls of native functions share. */
final class Downcalls {
  private Downcalls() {}

  /** Native functions throw nothing, but {@code invokeExact} declares it. */
  static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
