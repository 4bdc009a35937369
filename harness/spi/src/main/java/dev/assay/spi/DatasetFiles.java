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
    /** Not in the cache, but in a mirror folder on this machine. */
    MIRRORED,
    /** To be had only over the network. */
    REMOTE,
    /** In the cache with a wrong hash or size. */
    DAMAGED
  }

  /** Looks, reading the whole file where it is cached. */
  State state(String dataset, DatasetCard.Source source) throws IOException;

  /** The folder where verified copies are kept. */
  Path cache();
}
