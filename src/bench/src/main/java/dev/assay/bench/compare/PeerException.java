package dev.assay.bench.compare;

/** The other program could not be started, or said that it could not do what it was asked. */
public final class PeerException extends RuntimeException {
  PeerException(String message) {
    super(message);
  }

  PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
