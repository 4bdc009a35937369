package dev.assay.spi;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of datasets: looked for in the cache, then in the mirrors, then at their official
 * address. Found by {@link java.util.ServiceLoader}; there is exactly one. Stateless, cheap to
 * create.
 */
public interface DatasetFiles extends DatasetProvider.Files {
  /** What is known of a file without downloading it. */
  enum State {
    /** In the cache, the hash verified. */
    CACHED,
    /** Not in the cache, but in a mirror folder on this machine, the hash verified. */
    MIRRORED,
    /** To be had only over the network. */
    REMOTE,
    /** In the cache, or else in a mirror folder, with a wrong hash or size. */
    DAMAGED
  }

  /** Is told how far a download has come. Called often, by another thread. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param done bytes so far
     * @param total bytes in all
     */
    void update(long done, long total);
  }

  /** Looks, reading the whole file where it is on this machine. */
  State state(String dataset, DatasetCard.Source source) throws IOException;

  /**
   * As {@link #get(String, DatasetCard.Source)}.
   *
   * @param progress is told of a download; of a file that is on this machine already it hears
   *     nothing
   */
  default Path get(String dataset, DatasetCard.Source source, Progress progress)
      throws IOException {
    return get(dataset, source);
  }

  /** The folder where verified copies are kept. */
  Path cache();
}
