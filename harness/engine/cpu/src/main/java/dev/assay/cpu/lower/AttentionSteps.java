package dev.assay.cpu.lower;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import org.jspecify.annotations.Nullable;

/**
 * Attention by blocks of queries: the scores of a block against the keys that it sees fit a cache,
 * so the matrix of all scores never exists.
 */
final class AttentionSteps {
  private static final long BYTES = DType.BYTES;

  /** Queries of a block. */
  private static final int BLOCK = 64;

  private AttentionSteps() {}

  /** One operand [batch, heads, time, depth] with depth contiguous. */
  private record Heads(long base, int batchStride, int headStride, int timeStride) {
    static Heads of(View view, Addresses addresses) {
      int[] strides = view.strides();
      return new Heads(addresses.of(view), strides[0], strides[1], strides[2]);
    }

    long at(int batch, int head, int time) {
      long offset =
          (long) batch * batchStride + (long) head * headStride + (long) time * timeStride;
      return base + offset * BYTES;
    }
  }

  /** Extents and masking, shared by both directions. */
  private static final class Geometry {
    final int batch;
    final int heads;
    final int groups;
    final int queries;
    final int keys;
    final int depth;
    final float scale;
    final boolean causal;
    private final long lengths;

    Geometry(
        View q, View k, float scale, boolean causal, @Nullable View lengths, Addresses addresses) {
      batch = q.dims()[0];
      heads = q.dims()[1];
      queries = q.dims()[2];
      depth = q.dims()[3];
      groups = k.dims()[1];
      keys = k.dims()[2];
      this.scale = scale;
      this.causal = causal;
      this.lengths = lengths == null ? 0 : addresses.of(lengths);
    }

    /** Keys that take part in a batch row. */
    int length(int b) {
      return lengths == 0 ? keys : Math.clamp(Memory.getInt(lengths + b * BYTES), 0, keys);
    }

    /** Keys that query i sees. */
    int seen(int length, int i) {
      return causal ? Math.clamp((long) i + length - queries + 1, 0, length) : length;
    }

    int blocks() {
      return (queries + BLOCK - 1) / BLOCK;
    }

    int group(int head) {
      return head / (heads / groups);
    }
  }

  /** Row i of the scratch matrix at {@code base}. */
  private static long line(long base, int row, int width) {
    return base + (long) row * width * BYTES;
  }

  static final class Forward implements Step {
    private final Geometry shape;
    private final Gemm gemm;
    private final Heads q;
    private final Heads k;
    private final Heads v;
    private final long out;
    private final long logSumExp;

    Forward(Kernel.Attention kernel, Gemm gemm, Addresses addresses) {
      shape =
          new Geometry(
              kernel.q(),
              kernel.k(),
              kernel.op().scale(),
              kernel.op().causal(),
              kernel.lengths(),
              addresses);
      this.gemm = gemm;
      q = Heads.of(kernel.q(), addresses);
      k = Heads.of(kernel.k(), addresses);
      v = Heads.of(kernel.v(), addresses);
      out = addresses.of(kernel.out());
      logSumExp = out + kernel.q().size() * BYTES;
    }

    @Override
    public int tiles(int phase) {
      return shape.batch * shape.heads * shape.blocks();
    }

    @Override
    public long scratchBytes() {
      return BLOCK * (shape.keys + 16L) * BYTES;
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      int first = tile % shape.blocks() * BLOCK;
      int rows = Math.min(BLOCK, shape.queries - first);
      int head = tile / shape.blocks() % shape.heads;
      int b = tile / shape.blocks() / shape.heads;
      int group = shape.group(head);
      int length = shape.length(b);
      int width = shape.seen(length, first + rows - 1);
      long row = ((long) b * shape.heads + head) * shape.queries + first;
      long target = out + row * shape.depth * BYTES;
      if (width == 0) {
        Loops.fill(rows, shape.depth, target, shape.depth, 0);
        Loops.fill(1, rows, logSumExp + row * BYTES, rows, Float.NEGATIVE_INFINITY);
        return;
      }
      long sums = scratch + (long) BLOCK * shape.keys * BYTES;
      gemm.multiply(
          false,
          true,
          rows,
          width,
          shape.depth,
          shape.scale,
          q.at(b, head, first),
          q.timeStride,
          k.at(b, group, 0),
          k.timeStride,
          0,
          scratch,
          width);
      for (int i = 0; i < rows; i++) {
        int seen = shape.seen(length, first + i);
        long scores = line(scratch, i, width);
        float z = seen == 0 ? Float.NEGATIVE_INFINITY : softmax(scores, seen, width, sums);
        Memory.setFloat(logSumExp + (row + i) * BYTES, z);
        if (seen < width) {
          Loops.fill(1, width - seen, scores + seen * BYTES, width, 0);
        }
      }
      gemm.multiply(
          false,
          false,
          rows,
          shape.depth,
          width,
          1,
          scratch,
          width,
          v.at(b, group, 0),
          v.timeStride,
          0,
          target,
          shape.depth);
    }

    /** Turns scores into probabilities; returns their log-sum-exp. */
    private static float softmax(long scores, int seen, int width, long temporary) {
      Loops.reduceRows(ReduceFn.MAX, 1, seen, temporary, scores, width, 1, false);
      Loops.binary(BinaryFn.SUB, 1, seen, scores, width, scores, width, 1, temporary, 0, 0);
      Loops.unary(UnaryFn.EXP, 1, seen, scores, width, scores, width, 1);
      Loops.reduceRows(ReduceFn.SUM, 1, seen, temporary + 64, scores, width, 1, false);
      float max = Memory.getFloat(temporary);
      float sum = Memory.getFloat(temporary + 64);
      Memory.setFloat(temporary, 1 / sum);
      Loops.binary(BinaryFn.MUL, 1, seen, scores, width, scores, width, 1, temporary, 0, 0);
      return (float) (max + Math.log(sum));
    }
  }

  /** A tile is one batch row and key head: it alone writes those keys' and values' adjoints. */
  static final class Backward implements Step {
    private final Geometry shape;
    private final Gemm gemm;
    private final Heads q;
    private final Heads k;
    private final Heads v;
    private final Heads output;
    private final Heads adjoint;
    private final long logSumExp;
    private final long dq;
    private final long dk;
    private final long dv;

    Backward(Kernel.AttentionGrad kernel, Gemm gemm, Addresses addresses) {
      shape =
          new Geometry(
              kernel.q(),
              kernel.k(),
              kernel.op().scale(),
              kernel.op().causal(),
              kernel.lengths(),
              addresses);
      this.gemm = gemm;
      q = Heads.of(kernel.q(), addresses);
      k = Heads.of(kernel.k(), addresses);
      v = Heads.of(kernel.v(), addresses);
      output = Heads.of(kernel.output(), addresses);
      adjoint = Heads.of(kernel.adjoint(), addresses);
      logSumExp = addresses.of(kernel.logSumExp());
      dq = addresses.of(kernel.out());
      dk = dq + kernel.q().size() * BYTES;
      dv = dk + kernel.k().size() * BYTES;
    }

    @Override
    public int tiles(int phase) {
      return shape.batch * shape.groups;
    }

    @Override
    public long scratchBytes() {
      return BLOCK * (2L * shape.keys + 16) * BYTES;
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      int group = tile % shape.groups;
      int b = tile / shape.groups;
      int perGroup = shape.heads / shape.groups;
      int length = shape.length(b);
      long keys = (long) tile * shape.keys * shape.depth * BYTES;
      Loops.fill(shape.keys, shape.depth, dk + keys, shape.depth, 0);
      Loops.fill(shape.keys, shape.depth, dv + keys, shape.depth, 0);
      for (int head = group * perGroup; head < (group + 1) * perGroup; head++) {
        for (int first = 0; first < shape.queries; first += BLOCK) {
          block(b, head, group, first, length, dk + keys, dv + keys, scratch);
        }
      }
    }

    private void block(
        int b, int head, int group, int first, int length, long dKeys, long dValues, long scratch) {
      int rows = Math.min(BLOCK, shape.queries - first);
      int width = shape.seen(length, first + rows - 1);
      int depth = shape.depth;
      long row = ((long) b * shape.heads + head) * shape.queries + first;
      if (width == 0) {
        Loops.fill(rows, depth, dq + row * depth * BYTES, depth, 0);
        return;
      }
      long p = scratch;
      long dp = scratch + (long) BLOCK * shape.keys * BYTES;
      long temporary = dp + (long) BLOCK * shape.keys * BYTES;
      gemm.multiply(
          false,
          true,
          rows,
          width,
          depth,
          shape.scale,
          q.at(b, head, first),
          q.timeStride,
          k.at(b, group, 0),
          k.timeStride,
          0,
          p,
          width);
      gemm.multiply(
          false,
          true,
          rows,
          width,
          depth,
          1,
          adjoint.at(b, head, first),
          adjoint.timeStride,
          v.at(b, group, 0),
          v.timeStride,
          0,
          dp,
          width);
      for (int i = 0; i < rows; i++) {
        scores(
            b,
            head,
            first + i,
            shape.seen(length, first + i),
            width,
            line(p, i, width),
            line(dp, i, width),
            temporary);
      }
      gemm.multiply(
          true,
          false,
          width,
          depth,
          rows,
          1,
          p,
          width,
          adjoint.at(b, head, first),
          adjoint.timeStride,
          1,
          dValues,
          depth);
      gemm.multiply(
          false,
          false,
          rows,
          depth,
          width,
          shape.scale,
          dp,
          width,
          k.at(b, group, 0),
          k.timeStride,
          0,
          dq + row * depth * BYTES,
          depth);
      gemm.multiply(
          true,
          false,
          width,
          depth,
          rows,
          shape.scale,
          dp,
          width,
          q.at(b, head, first),
          q.timeStride,
          1,
          dKeys,
          depth);
    }

    /**
     * Scores become probabilities p; dp becomes the adjoint of the scores, p (dp − Σ adjoint ·
     * output).
     */
    private void scores(
        int b, int head, int i, int seen, int width, long p, long dp, long temporary) {
      if (seen > 0) {
        long z = logSumExp + (((long) b * shape.heads + head) * shape.queries + i) * BYTES;
        Loops.binary(BinaryFn.SUB, 1, seen, p, width, p, width, 1, z, 0, 0);
        Loops.unary(UnaryFn.EXP, 1, seen, p, width, p, width, 1);
        Loops.dotRows(
            1,
            shape.depth,
            temporary,
            adjoint.at(b, head, i),
            0,
            1,
            output.at(b, head, i),
            0,
            1,
            false);
        Loops.binary(BinaryFn.SUB, 1, seen, dp, width, dp, width, 1, temporary, 0, 0);
        Loops.binary(BinaryFn.MUL, 1, seen, dp, width, dp, width, 1, p, width, 1);
      }
      if (seen < width) {
        Loops.fill(1, width - seen, p + seen * BYTES, width, 0);
        Loops.fill(1, width - seen, dp + seen * BYTES, width, 0);
      }
    }
  }
}
