package dev.assay.tensor;

import java.util.List;
import java.util.Optional;

/**
 * Opens backends; found by {@link java.util.ServiceLoader}. Creating a provider must be cheap and
 * must not fail.
 */
public interface BackendProvider {
  /** Lower-case id, the word used in experiment files. */
  String id();

  /**
   * Empty if the backend can be opened here, else one line that says why not and how to mend it.
   */
  Optional<String> unavailable();

  /** Arithmetic it can be opened with, the default first. */
  default List<String> precisions() {
    return List.of("fp32");
  }

  /**
   * Whose matrix products it can be opened with, the default first; empty if there is no choice.
   */
  default List<String> blas() {
    return List.of();
  }

  /**
   * Opens the backend.
   *
   * @throws IllegalStateException if {@link #unavailable} gives a reason; the message is that
   *     reason
   */
  Backend open(Settings settings);

  /**
   * @param threads compute threads, at least 1; results never depend on it
   * @param precision one of {@link BackendProvider#precisions}
   * @param blas one of {@link BackendProvider#blas}, where there are any
   */
  record Settings(int threads, String precision, String blas) {
    /** What every backend takes that has the choice. */
    public static final String AUTO = "auto";

    /** With the matrix products that the backend finds best. */
    public Settings(int threads, String precision) {
      this(threads, precision, AUTO);
    }

    /** All processors, fp32. */
    public static Settings standard() {
      return new Settings(Runtime.getRuntime().availableProcessors(), "fp32");
    }
  }
}
