package dev.assay.jcuda.lower;

import dev.assay.tensor.DType;
import dev.assay.tensor.plan.View;
import java.util.List;

/** Extents of an attention, and how its kernels are launched. */
record AttentionShape(
    int batch,
    int heads,
    int groups,
    int queries,
    int keys,
    int width,
    float scale,
    boolean causal) {
  static final int THREADS = 128;
  private static final int WARP = 32;
  private static final int WARPS = THREADS / WARP;

  /** Components of a head that the kernels can hold. */
  private static final int WIDEST = 256;

  AttentionShape {
    if (width > WIDEST) {
      throw new IllegalArgumentException(
          "attention over heads of width %d: the jcuda backend has kernels for at most %d; use more heads"
              .formatted(width, WIDEST));
    }
  }

  static AttentionShape of(View q, View k, float scale, boolean causal) {
    int[] queries = q.dims();
    int[] keys = k.dims();
    return new AttentionShape(
        queries[0], queries[1], keys[1], queries[2], keys[2], queries[3], scale, causal);
  }

  /** Components that a lane has: the kernel's suffix. */
  int parts() {
    int parts = 1;
    while (parts * WARP < width) {
      parts *= 2;
    }
    return parts;
  }

  /** Rows that a warp has. */
  private int share() {
    return Math.min(8, 16 / parts());
  }

  /** Blocks for a number of rows. */
  int blocks(int rows) {
    int ofBlock = WARPS * share();
    return (rows + ofBlock - 1) / ofBlock;
  }

  /**
   * Shared memory of a block.
   *
   * @param own operands of which each warp holds its own rows
   */
  int sharedBytes(int own) {
    int padded = (width + 3) / 4 * 4;
    int tile = WARP * (padded + 1);
    return (tile + WARPS * share() * (WARP + own * padded)) * DType.BYTES;
  }

  List<Number> arguments() {
    return List.of(heads, groups, queries, keys, width, scale, causal ? 1 : 0);
  }
}
