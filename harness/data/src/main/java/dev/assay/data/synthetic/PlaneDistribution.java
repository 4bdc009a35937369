package dev.assay.data.synthetic;

import dev.assay.spi.Dataset;
import dev.assay.tensor.RandomStream;

/**
 * A distribution on the plane with a known density. Draws use {@link StrictMath} alone, so that the
 * points are the same on every machine.
 */
sealed interface PlaneDistribution extends Dataset.KnownDensity
    permits GaussianRing, TwoMoons, Checkerboard, Pinwheel, Rings {
  /** Dataset id. */
  String id();

  String name();

  /** The definition in one line. */
  String summary();

  /** Where the set comes from. */
  String citation();

  /** Writes one point to {@code out[at]} and {@code out[at + 1]}. */
  void draw(RandomStream random, float[] out, int at);
}
