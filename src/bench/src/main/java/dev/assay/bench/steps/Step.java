package dev.assay.bench.steps;

import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;

/**
 * A step that can be timed.
 *
 * @param id the name on the command line
 * @param unit what one step handles several of, in the plural
 * @param description layers, sizes, batch and optimizer, in a line
 */
public record Step(String id, String unit, String description, Opener opener) {
  private static final long SEED = 1337;

  /** Builds and compiles the step. */
  @FunctionalInterface
  public interface Opener {
    /**
     * @param random for weights, data and noise
     */
    Workload open(Backend backend, RandomStream random);
  }

  /** Compiles the step. Its data, weights and noise are always the same. */
  public Workload open(Backend backend) {
    return opener.open(backend, RandomStream.root(SEED).child(id));
  }
}
