package dev.assay.cpu.memory;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums across the lanes of a vector. {@code reduceLanes(ADD)} leaves its order open, and compiled
 * code takes another than the interpreter: the same program would give other bits once warm.
 */
public final class Lanes {
  private static final VectorShuffle<Float> BY_1 = exchange(1);
  private static final VectorShuffle<Float> BY_2 = exchange(2);
  private static final VectorShuffle<Float> BY_4 = exchange(4);
  private static final VectorShuffle<Float> BY_8 = exchange(8);

  private Lanes() {}

  /** Lane i and lane i xor {@code distance} change places; none do if the vector is too short. */
  private static VectorShuffle<Float> exchange(int distance) {
    return VectorShuffle.fromOp(
        Memory.FLOATS, lane -> distance < Memory.LANES ? lane ^ distance : lane);
  }

  /**
   * The sum of all lanes of a vector of {@link Memory#FLOATS}, always in the same order: halves.
   */
  public static float sum(FloatVector vector) {
    FloatVector sum = vector;
    if (Memory.LANES > 8) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (Memory.LANES > 4) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    if (Memory.LANES > 2) {
      sum = sum.add(sum.rearrange(BY_2));
    }
    if (Memory.LANES > 1) {
      sum = sum.add(sum.rearrange(BY_1));
    }
    return sum.lane(0);
  }
}
