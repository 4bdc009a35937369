package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.Op;

/**
 * {@link Op.AttentionGrad}. Operands: q, k, v, output, log-sum-exp (dense), adjoint of the output,
 * the lengths if the shape has them, adjoints of q, k and v, workspace.
 *
 * <p>A tile is a block of keys of one head of k and v: it goes over all queries that see them, and
 * alone writes those rows of the adjoints of k and v. With one block of keys it writes the adjoint
 * of q as well; with several, each has its own share of it, and a second phase adds the shares in
 * order. Dao et al. 2022, FlashAttention, algorithm 4.
 */
public final class AttentionGradKernel implements Kernel {
  /** Tiles to aim at by cutting keys into smaller blocks, of at least so many. */
  private static final int TILES = 16;

  private static final int LEAST_KEYS = 128;

  // Parts of the scratch memory: two numbers per query, then [keys, queries].
  private static final long STATE = 0;
  private static final long WEIGHTS = 8L * Softmax.STATE;
  private static final long SLOPES = WEIGHTS + 4L * AttentionKernel.KEYS * AttentionKernel.QUERIES;
  private static final long SCRATCH = SLOPES + 4L * AttentionKernel.KEYS * AttentionKernel.QUERIES;

  private final Gemm gemm;
  private final AttentionShape shape;
  private final Layout layout;
  private final Split keyBlocks;
  private final Split queryBlocks;

  /** How the operands lie; the adjoints of q, k and v last. */
  public record Layout(
      Heads q, Heads k, Heads v, Heads output, Heads adjoint, Heads dq, Heads dk, Heads dv) {
    /** All packed. */
    public static Layout packed(AttentionShape shape) {
      Heads queries = shape.packedQueries();
      Heads keys = shape.packedKeys();
      return new Layout(queries, keys, keys, queries, queries, queries, keys, keys);
    }
  }

  /** A kernel for one shape. */
  public AttentionGradKernel(Gemm gemm, AttentionShape shape, Layout layout) {
    this.gemm = gemm;
    this.shape = shape;
    this.layout = layout;
    int wanted = Math.ceilDiv(TILES, Math.max(1, shape.batch() * shape.groups()));
    int size = Math.max(LEAST_KEYS, Split.into(wanted, shape.keys(), LANES).size());
    keyBlocks = new Split(shape.keys(), Math.min(AttentionKernel.KEYS, size));
    queryBlocks = new Split(shape.queries(), AttentionKernel.QUERIES);
  }

  @Override
  public int phases() {
    return keyBlocks.count() == 1 ? 1 : 2;
  }

  @Override
  public int tiles(int phase) {
    return phase == 0
        ? shape.batch() * shape.groups() * keyBlocks.count()
        : shape.batch() * shape.heads() * queryBlocks.count();
  }

  @Override
  public long workspaceBytes() {
    return phases() == 1 ? 0 : shareBytes() * keyBlocks.count();
  }

  /** Size of what one block of keys adds to the adjoint of q, packed. */
  private long shareBytes() {
    return 4L * shape.batch() * shape.heads() * shape.queries() * shape.width();
  }

  @Override
  public long scratchBytes() {
    return SCRATCH;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    if (phase == 0) {
      keys(tile, operands, scratch);
    } else {
      sum(tile, operands);
    }
  }

  /** All that one block of keys takes part in. */
  private void keys(int tile, long[] operands, long scratch) {
    int block = tile % keyBlocks.count();
    int group = tile / keyBlocks.count() % shape.groups();
    int b = tile / keyBlocks.count() / shape.groups();
    int key = keyBlocks.begin(block);
    int keys = keyBlocks.end(block) - key;
    long dk = layout.dk.at(operands[results() + 1], b, group, key);
    long dv = layout.dv.at(operands[results() + 2], b, group, key);
    Rows.clear(keys, shape.width(), dk, layout.dk.time());
    Rows.clear(keys, shape.width(), dv, layout.dv.time());
    int shared = shape.heads() / shape.groups();
    for (int head = group * shared; head < (group + 1) * shared; head++) {
      for (int part = 0; part < queryBlocks.count(); part++) {
        int query = queryBlocks.begin(part);
        int n = queryBlocks.end(part) - query;
        int end = shape.end(query, shape.length(operands[6], b)) - key;
        int seen = Math.clamp(shape.causal() ? end + n - 1L : end, 0, keys);
        Heads lies = dqLies();
        long dq = lies.at(dqAt(operands, block), b, head, query);
        if (seen == 0) {
          Rows.clear(n, shape.width(), dq, lies.time());
        } else {
          slopes(b, head, query, n, group, key, seen, end, operands, scratch);
          addToKeys(b, head, query, n, seen, dk, dv, operands, scratch);
          long keysAt = layout.k.at(operands[1], b, group, key);
          multiply(
              true,
              n,
              seen,
              shape.scale(),
              scratch + SLOPES,
              keysAt,
              layout.k.time(),
              0,
              dq,
              lies.time());
        }
      }
    }
  }

  private int results() {
    return shape.lengths() ? 7 : 6;
  }

  private Heads dqLies() {
    return phases() == 1 ? layout.dq : shape.packedQueries();
  }

  private long dqAt(long[] operands, int block) {
    return phases() == 1 ? operands[results()] : operands[results() + 3] + block * shareBytes();
  }

  /** Leaves the weights P and the adjoints dS of the scaled scores, both as [seen, padded n]. */
  private void slopes(
      int b,
      int head,
      int query,
      int n,
      int group,
      int key,
      int seen,
      int end,
      long[] operands,
      long scratch) {
    int padded = Softmax.padded(n);
    int width = shape.width();
    long keysAt = layout.k.at(operands[1], b, group, key);
    long values = layout.v.at(operands[2], b, group, key);
    long queries = layout.q.at(operands[0], b, head, query);
    long output = layout.output.at(operands[3], b, head, query);
    long adjoint = layout.adjoint.at(operands[5], b, head, query);
    gemm.multiply(
        false,
        true,
        seen,
        n,
        width,
        shape.scale(),
        keysAt,
        layout.k.time(),
        queries,
        layout.q.time(),
        0,
        scratch + WEIGHTS,
        padded);
    gemm.multiply(
        false,
        true,
        seen,
        n,
        width,
        1,
        values,
        layout.v.time(),
        adjoint,
        layout.adjoint.time(),
        0,
        scratch + SLOPES,
        padded);
    long row = ((long) b * shape.heads() + head) * shape.queries() + query;
    Memory.copy(operands[4] + 4 * row, scratch + STATE, 4L * n);
    Rows.dot(
        n,
        width,
        output,
        layout.output.time(),
        adjoint,
        layout.adjoint.time(),
        scratch + STATE + 4L * Softmax.STATE);
    int laneEnd = shape.causal() ? end : seen + n;
    Softmax.slopes(seen, n, laneEnd, scratch + WEIGHTS, scratch + SLOPES, scratch + STATE);
  }

  /** dV += P dO, dK += scale · dS Q. */
  private void addToKeys(
      int b,
      int head,
      int query,
      int n,
      int seen,
      long dk,
      long dv,
      long[] operands,
      long scratch) {
    long queries = layout.q.at(operands[0], b, head, query);
    long adjoint = layout.adjoint.at(operands[5], b, head, query);
    multiply(
        false,
        seen,
        n,
        1,
        scratch + WEIGHTS,
        adjoint,
        layout.adjoint.time(),
        1,
        dv,
        layout.dv.time());
    multiply(
        false,
        seen,
        n,
        shape.scale(),
        scratch + SLOPES,
        queries,
        layout.q.time(),
        1,
        dk,
        layout.dk.time());
  }

  /** Product of a block of scores, or its transpose, with rows of the heads' width. */
  private void multiply(
      boolean trans,
      int m,
      int k,
      float alpha,
      long scores,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    int padded = Softmax.padded(trans ? m : k);
    gemm.multiply(trans, false, m, shape.width(), k, alpha, scores, padded, b, ldb, beta, c, ldc);
  }

  /** Adds the shares of the blocks of keys. */
  private void sum(int tile, long[] operands) {
    int head = tile / queryBlocks.count();
    int part = tile % queryBlocks.count();
    long first = operands[results() + 3];
    for (int query = queryBlocks.begin(part); query < queryBlocks.end(part); query++) {
      long row = 4L * ((long) head * shape.queries() + query) * shape.width();
      long to =
          layout.dq.at(operands[results()], head / shape.heads(), head % shape.heads(), query);
      Rows.sum(shape.width(), keyBlocks.count(), first + row, shareBytes(), to);
    }
  }
}
