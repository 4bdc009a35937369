package dev.assay.cpu.gemm;

import java.io.Serial;

/** A native library cannot be used here; the message says why and what would help. */
final class NativeLibraryException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  NativeLibraryException(String message) {
    super(message);
  }

  NativeLibraryException(String message, Throwable cause) {
    super(message, cause);
  }
}
