package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.setFloat;
import static dev.assay.cpu.memory.Memory.store;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.assay.cpu.memory.Lanes;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.VectorMath;
import dev.assay.tensor.Op;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link Op.Attention} of one query per head, as decoding has it. Operands as {@link
 * AttentionKernel} has them. A tile is a run of heads; each reads its keys once and its values
 * once.
 */
public final class OneQueryKernel implements Kernel {
  /** Floats of keys and values that are worth a tile. */
  private static final long TILE_WORK = 4096;

  private static final int MOST_TILES = 32;

  private static final FloatVector LANE = FloatVector.zero(Memory.FLOATS).addIndex(1);
  private static final Outlined SCORES = new Outlined(OneQueryKernel::scores);
  private static final Outlined WEIGHTS = new Outlined(OneQueryKernel::weights);
  private static final Outlined MAXIMUM = new Outlined(OneQueryKernel::maximum);
  private static final Outlined NARROW = new Outlined(OneQueryKernel::narrow);
  private static final Outlined MEAN = new Outlined(OneQueryKernel::mean);
  private static final Outlined LOGS = new Outlined(OneQueryKernel::logs);

  private final AttentionShape shape;
  private final Heads q;
  private final Heads k;
  private final Heads v;
  private final Heads output;
  private final Split heads;

  /**
   * @param shape has one query
   */
  public OneQueryKernel(AttentionShape shape, Heads q, Heads k, Heads v, Heads output) {
    if (shape.queries() != 1) {
      throw new IllegalArgumentException("one query is needed, not " + shape.queries());
    }
    this.shape = shape;
    this.q = q;
    this.k = k;
    this.v = v;
    this.output = output;
    int count = shape.batch() * shape.heads();
    long work = 2L * count * shape.keys() * shape.width();
    heads = Split.into((int) Math.clamp(work / TILE_WORK, 1, MOST_TILES), count, 1);
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int tiles(int phase) {
    return heads.count();
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  /** The scores of one head, then for each head of the tile the sum of their exponentials. */
  @Override
  public long scratchBytes() {
    return 4L * (Softmax.padded(shape.keys()) + heads.size());
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    int results = shape.lengths() ? 4 : 3;
    int begin = heads.begin(tile);
    int end = heads.end(tile);
    long sums = scratch + 4L * Softmax.padded(shape.keys());
    long logSumExp = operands[results + 1] + 4L * begin;
    for (int i = begin; i < end; i++) {
      int b = i / shape.heads();
      int head = i % shape.heads();
      int group = head / (shape.heads() / shape.groups());
      int seen = shape.seen(0, shape.length(operands[3], b));
      long sum = sums + 4L * (i - begin);
      long maximum = logSumExp + 4L * (i - begin);
      SCORES.run(
          q.at(operands[0], b, head, 0),
          k.at(operands[1], b, group, 0),
          scratch,
          seen,
          shape.width(),
          k.time(),
          0);
      MAXIMUM.run(scratch, maximum, 0, seen, Float.floatToRawIntBits(shape.scale()), 0, 0);
      WEIGHTS.run(scratch, maximum, sum, seen, 0, 0, 0);
      float factor = seen == 0 ? 0 : 1 / getFloat(sum);
      long values = v.at(operands[2], b, group, 0);
      long out = output.at(operands[results], b, head, 0);
      mean(seen, scratch, values, out, Float.floatToRawIntBits(factor));
    }
    LOGS.run(sums, logSumExp, 0, end - begin, 0, 0, 0);
  }

  private void mean(int n, long weights, long values, long out, int factorBits) {
    int pairs = shape.width() - shape.width() % (2 * LANES);
    for (int e = 0; e < pairs; e += 2 * LANES) {
      MEAN.run(weights, values + 4L * e, out + 4L * e, n, 0, v.time(), factorBits);
    }
    int rest = shape.width() - pairs;
    NARROW.run(weights, values + 4L * pairs, out + 4L * pairs, n, rest, v.time(), factorBits);
  }

  /** {@code to[j] = query · keys[j]}. */
  private static void scores(
      long query, long keys, long to, int n, int width, int stride, int unused) {
    int whole = width - width % LANES;
    long key = keys;
    for (int j = 0; j < n; j++) {
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      for (int e = 0; e < whole; e += LANES) {
        sum = load(query + 4L * e).fma(load(key + 4L * e), sum);
      }
      float product = Lanes.sum(sum);
      for (int e = whole; e < width; e++) {
        product = Math.fma(getFloat(query + 4L * e), getFloat(key + 4L * e), product);
      }
      setFloat(to + 4L * j, product);
      key += 4L * stride;
    }
  }

  /** Scores are scaled; their maximum, or 0 if there is none. */
  private static void maximum(
      long scores, long to, long none, int n, int scaleBits, int unused, int unusedToo) {
    float scale = Float.intBitsToFloat(scaleBits);
    FloatVector maxima = FloatVector.broadcast(Memory.FLOATS, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> there = first(n - j);
      FloatVector score = load(scores + 4L * j, there).mul(scale);
      store(score, scores + 4L * j, there);
      maxima = maxima.max(score.blend(Float.NEGATIVE_INFINITY, there.not()));
    }
    float largest = maxima.reduceLanes(MAX);
    setFloat(to, largest == Float.NEGATIVE_INFINITY ? 0 : largest);
  }

  /** Scores become exp(score − maximum). */
  private static void weights(
      long scores, long maximum, long sum, int n, int unused, int unusedToo, int norThis) {
    FloatVector largest = FloatVector.broadcast(Memory.FLOATS, getFloat(maximum));
    FloatVector sums = FloatVector.zero(Memory.FLOATS);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> there = first(n - j);
      FloatVector weight = VectorMath.exp(load(scores + 4L * j, there).sub(largest));
      store(weight, scores + 4L * j, there);
      sums = sums.add(weight.blend(0, there.not()));
    }
    setFloat(sum, Lanes.sum(sums));
  }

  /** Maxima become maximum + ln sum. */
  private static void logs(long sums, long maxima, long none, int n, int u, int v, int w) {
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> there = first(n - i);
      FloatVector log = VectorMath.log(load(sums + 4L * i, there));
      store(log.add(load(maxima + 4L * i, there)), maxima + 4L * i, there);
    }
  }

  private static VectorMask<Float> first(int n) {
    return LANE.compare(LT, FloatVector.broadcast(Memory.FLOATS, (float) n));
  }

  /** {@code to} = factor · Σ weights[j] · rows[j] of two vectors; even and odd j summed apart. */
  private static void mean(
      long weights, long rows, long to, int n, int width, int stride, int factorBits) {
    FloatVector s0 = FloatVector.zero(Memory.FLOATS);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    long next = 4L * stride;
    long row = rows;
    long weight = weights;
    for (int j = n; j > 1; j -= 2) {
      FloatVector w = all(weight);
      s0 = w.fma(load(row), s0);
      s1 = w.fma(load(row + 4L * LANES), s1);
      w = all(weight + 4);
      t0 = w.fma(load(row + next), t0);
      t1 = w.fma(load(row + next + 4L * LANES), t1);
      row += 2 * next;
      weight += 8;
    }
    if (n % 2 == 1) {
      FloatVector w = all(weight);
      s0 = w.fma(load(row), s0);
      s1 = w.fma(load(row + 4L * LANES), s1);
    }
    float factor = Float.intBitsToFloat(factorBits);
    store(s0.add(t0).mul(factor), to);
    store(s1.add(t1).mul(factor), to + 4L * LANES);
  }

  /** The same for any width, a vector of columns at a time. */
  private static void narrow(
      long weights, long rows, long to, int n, int width, int stride, int factorBits) {
    float factor = Float.intBitsToFloat(factorBits);
    for (int e = 0; e < width; e += LANES) {
      VectorMask<Float> there = first(width - e);
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      long row = rows + 4L * e;
      for (int j = 0; j < n; j++) {
        sum = all(weights + 4L * j).fma(load(row, there), sum);
        row += 4L * stride;
      }
      store(sum.mul(factor), to + 4L * e, there);
    }
  }

  private static FloatVector all(long address) {
    return FloatVector.broadcast(Memory.FLOATS, getFloat(address));
  }
}
