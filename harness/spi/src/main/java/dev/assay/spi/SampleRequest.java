package dev.assay.spi;

import dev.assay.tensor.RandomStream;

/**
 * @param first index of the first sample wanted
 * @param count how many
 * @param condition {@code count} conditions; {@link Values.Nothing} for an unconditional model
 * @param random root of the sampling streams
 */
public record SampleRequest(int first, int count, Values condition, RandomStream random) {
  /** Unconditional samples 0 … count − 1. */
  public static SampleRequest of(int count, RandomStream random) {
    return new SampleRequest(0, count, new Values.Nothing(count), random);
  }

  /** The stream that alone decides sample {@code first + i}. */
  public RandomStream stream(int i) {
    return random.child(first + (long) i);
  }

  /**
   * Keys of {@link #stream} 0 … count − 1, low word first, for {@link
   * dev.assay.tensor.Draws#perRow}.
   */
  public int[] keys() {
    int[] keys = new int[2 * count];
    for (int i = 0; i < count; i++) {
      long key = stream(i).key();
      keys[2 * i] = (int) key;
      keys[2 * i + 1] = (int) (key >>> 32);
    }
    return keys;
  }
}
