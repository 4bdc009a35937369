package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
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
    boolean causal,
    Precision precision) {
  static final int THREADS = 128;
  private static final int WARP = 32;
  private static final int WARPS = THREADS / WARP;

  /** Components of a head that the kernels can hold. */
  private static final int WIDEST = 256;

  /** Components, of the kernels on tensor cores. */
  private static final int NARROW = 64;

  private static final int WIDE = 128;

  /** Rows of a block on tensor cores. */
  private static final int OWN = 64;

  /** Fewer queries leave tensor cores idle. */
  private static final int LEAST_QUERIES = 16;

  AttentionShape {
    if (width > WIDEST) {
      throw new IllegalArgumentException(
          "attention over heads of width %d: the jcuda backend has kernels for at most %d; use more heads"
              .formatted(width, WIDEST));
    }
  }

  /**
   * For operands as in {@link dev.assay.tensor.Op.Attention}.
   *
   * @param asked precision; few queries, and heads that are too wide for tensor cores, get fp32
   */
  static AttentionShape of(View q, View k, float scale, boolean causal, Precision asked) {
    int[] queries = q.dims();
    int[] keys = k.dims();
    boolean tensor = asked.tensorCores() && queries[2] >= LEAST_QUERIES && queries[3] <= WIDE;
    return new AttentionShape(
        queries[0],
        queries[1],
        keys[1],
        queries[2],
        keys[2],
        queries[3],
        scale,
        causal,
        tensor ? asked : Precision.FP32);
  }

  /** Components that the kernel on tensor cores has room for. */
  private int held() {
    return width <= NARROW ? NARROW : WIDE;
  }

  /** Components that a lane has. */
  private int parts() {
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

  /**
   * A launch with a block for some of {@code rows} rows of each of {@code heads} heads.
   *
   * @param kernel its name without the suffix
   * @param own operands of which each warp holds its own rows: 1 forwards, 2 backwards
   */
  Call call(String kernel, int own, int heads, int rows, List<Number> arguments) {
    boolean tensor = precision.tensorCores();
    int ofBlock = tensor ? OWN : WARPS * share();
    Grid grid = new Grid(batch * heads, (rows + ofBlock - 1) / ofBlock, 1);
    return tensor
        ? Call.committed(
            "attention_tensor",
            kernel + "_" + precision.id() + "_" + held(),
            grid,
            THREADS,
            tensorBytes(own),
            arguments)
        : Call.committed(
            "attention", kernel + "_" + parts(), grid, THREADS, sharedBytes(own), arguments);
  }

  private int sharedBytes(int own) {
    int padded = (width + 3) / 4 * 4;
    int tile = WARP * (padded + 1);
    return (tile + WARPS * share() * (WARP + own * padded)) * DType.BYTES;
  }

  /** Rows lie 8 components further apart than they need to, those of values forwards 4. */
  private int tensorBytes(int own) {
    int row = held() + 8;
    int tile = OWN * NARROW / held() / own;
    return (own * OWN * row + 2 * tile * row - (own == 1 ? 4 * tile : 0)) * DType.BYTES;
  }

  List<Number> arguments() {
    return List.of(heads, groups, queries, keys, width, scale, causal ? 1 : 0);
  }
}
