package dev.assay.cpu.kernel;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op;

/**
 * {@link Op.Attention}. Operands: q, k, v, the lengths if the shape has them, output, log-sum-exp
 * (dense), workspace.
 *
 * <p>A tile is a block of queries of one head, which goes over its keys in blocks with an online
 * softmax. Dao et al. 2022, FlashAttention, algorithm 1; here a tile's rows are divided by their
 * sum once, at the end.
 */
public final class AttentionKernel implements Kernel {
  /** Queries of a tile; keys of a block, whose scores stay in the second-level cache. */
  static final int QUERIES = Softmax.STATE;

  static final int KEYS = 512;

  /** Up to here a lane is a key, above it is a query. */
  private static final int FEW_QUERIES = 8;

  // Parts of the scratch memory, one vector of queries each, then the scores.
  private static final long MAXIMA = 0;
  private static final long FACTORS = 4L * QUERIES;
  private static final long SUMS = 8L * QUERIES;
  private static final long SCORES = 12L * QUERIES;

  private final Gemm gemm;
  private final AttentionShape shape;
  private final Heads q;
  private final Heads k;
  private final Heads v;
  private final Heads output;
  private final Split blocks;
  private final boolean few;

  /** All operands packed. */
  public AttentionKernel(Gemm gemm, AttentionShape shape) {
    this(
        gemm,
        shape,
        shape.packedQueries(),
        shape.packedKeys(),
        shape.packedKeys(),
        shape.packedQueries());
  }

  /** Operands that lie as stated. */
  public AttentionKernel(Gemm gemm, AttentionShape shape, Heads q, Heads k, Heads v, Heads output) {
    this.gemm = gemm;
    this.shape = shape;
    this.q = q;
    this.k = k;
    this.v = v;
    this.output = output;
    blocks = new Split(shape.queries(), QUERIES);
    few = shape.queries() <= FEW_QUERIES;
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int tiles(int phase) {
    return shape.batch() * shape.heads() * blocks.count();
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  @Override
  public long scratchBytes() {
    return SCORES + 4L * KEYS * QUERIES;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    int block = tile % blocks.count();
    int head = tile / blocks.count() % shape.heads();
    int b = tile / blocks.count() / shape.heads();
    int group = head / (shape.heads() / shape.groups());
    int begin = blocks.begin(block);
    int n = blocks.end(block) - begin;
    int results = shape.lengths() ? 4 : 3;
    int length = shape.length(operands[3], b);
    long queries = q.at(operands[0], b, head, begin);
    long out = output.at(operands[results], b, head, begin);
    Softmax.begin(QUERIES, scratch + MAXIMA, scratch + SUMS);
    int seen = n == 0 ? 0 : shape.seen(begin + n - 1, length);
    for (int key = 0; key < seen; key += KEYS) {
      int keys = Math.min(KEYS, seen - key);
      int end = shape.causal() ? shape.end(begin, length) - key : keys + QUERIES;
      long keysAt = k.at(operands[1], b, group, key);
      weigh(n, keys, end, queries, keysAt, scratch);
      if (key > 0) {
        Rows.scale(n, shape.width(), scratch + FACTORS, out, output.time());
      }
      long values = v.at(operands[2], b, group, key);
      addValues(n, keys, scratch + SCORES, values, key == 0 ? 0 : 1, out);
    }
    if (seen == 0) {
      Rows.clear(n, shape.width(), out, output.time());
    }
    Softmax.end(seen, n, scratch + MAXIMA, scratch + SUMS, scratch + FACTORS);
    Rows.scale(n, shape.width(), scratch + FACTORS, out, output.time());
    long row = ((long) b * shape.heads() + head) * shape.queries() + begin;
    Memory.copy(scratch + MAXIMA, operands[results + 1] + 4 * row, 4L * n);
  }

  /**
   * Leaves exp(score − maximum) as [keys, padded n], for few queries [n, keys], and the state of
   * the softmax.
   *
   * @param end query i of the block sees the keys of the block before {@code end + i}
   */
  private void weigh(int n, int keys, int end, long queries, long keysAt, long scratch) {
    int width = shape.width();
    float scale = shape.scale();
    long scores = scratch + SCORES;
    long maxima = scratch + MAXIMA;
    long sums = scratch + SUMS;
    long factors = scratch + FACTORS;
    if (few) {
      gemm.multiply(
          false, true, n, keys, width, scale, queries, q.time(), keysAt, k.time(), 0, scores, keys);
      Softmax.addFew(keys, n, end, scores, maxima, sums, factors);
    } else {
      gemm.multiply(
          false,
          true,
          keys,
          n,
          width,
          scale,
          keysAt,
          k.time(),
          queries,
          q.time(),
          0,
          scores,
          Softmax.padded(n));
      Softmax.add(keys, n, end, scores, maxima, sums, factors);
    }
  }

  private void addValues(int n, int keys, long weights, long values, float beta, long out) {
    gemm.multiply(
        !few,
        false,
        n,
        shape.width(),
        keys,
        1,
        weights,
        few ? keys : Softmax.padded(n),
        values,
        v.time(),
        beta,
        out,
        output.time());
  }
}
