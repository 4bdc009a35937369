package dev.assay.spi;

import dev.assay.tensor.Backend;
import java.io.IOException;
import java.util.Optional;

/**
 * Opens feature extractors; found by {@link java.util.ServiceLoader}. Stateless, cheap to create.
 */
public interface FeatureProvider {
  /** Lower-case words joined by hyphens; unique. */
  String id();

  /** Raised when the extractor that it makes of equal data and settings changes. */
  int version();

  /** Whether the user has set it up by hand: it then goes before those that need no settings. */
  boolean setUp();

  /** Whether it can extract features from such data. */
  Fit fits(DataSpec spec);

  /**
   * Opens the extractor for some data; trains it first where that is how it comes about.
   *
   * @param data which {@link #fits}
   * @throws IOException if a file is missing, damaged or cannot be written
   */
  FeatureExtractor open(PreparedData data, Backend backend, Context context) throws IOException;

  /** Keeps what was costly to make from one command to the next, and is told how far that is. */
  interface Context {
    /** What was kept under a name. */
    Optional<byte[]> get(String name) throws IOException;

    /**
     * Keeps bytes in place of any others of that name.
     *
     * @param name a file name: letters, digits, {@code -}, {@code .} and {@code _}
     */
    void put(String name, byte[] content) throws IOException;

    /**
     * Is told how far training is. May throw, which ends it.
     *
     * @param steps of the whole training
     */
    void trained(long done, long steps);
  }
}
