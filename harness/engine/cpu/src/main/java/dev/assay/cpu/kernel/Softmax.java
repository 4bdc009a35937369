package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.setFloat;
import static dev.assay.cpu.memory.Memory.store;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.assay.cpu.memory.Lanes;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Softmax over keys that come in blocks: for each query the running maximum of its scores, the
 * running sum of their exponentials, and the factor by which a new maximum shrinks what was summed
 * before. Dao et al. 2022, algorithm 1, lines 10 to 12.
 *
 * <p>Scores lie as [keys, queries], rows padded to whole vectors, so that a lane is a query and no
 * step crosses lanes; or, for few queries, as [queries, keys]. Query i sees the keys of the block
 * before {@code end + i}. State is an array for each quantity, padded likewise.
 */
final class Softmax {
  private static final float LOWEST = Float.NEGATIVE_INFINITY;
  private static final FloatVector LANE = lanes();

  /** Most queries at once: what the arrays of the state are long. */
  static final int STATE = 64;

  private static final Outlined MAXIMA = new Outlined(Softmax::maxima);
  private static final Outlined WEIGHTS = new Outlined(Softmax::weights);
  private static final Outlined MAXIMA_OF_FEW = new Outlined(Softmax::maximaOfFew);
  private static final Outlined SHRINK = new Outlined(Softmax::shrink);
  private static final Outlined WEIGHTS_OF_FEW = new Outlined(Softmax::weightsOfFew);
  private static final Outlined END = new Outlined(Softmax::end);
  private static final Outlined SLOPES = new Outlined(Softmax::slopes);

  private Softmax() {}

  /** {@code n} rounded up to whole vectors. */
  static int padded(int n) {
    return Math.ceilDiv(n, LANES) * LANES;
  }

  /** State of {@code n} queries before any key. */
  static void begin(int n, long maxima, long sums) {
    for (int i = 0; i < n; i++) {
      setFloat(maxima + 4L * i, LOWEST);
      setFloat(sums + 4L * i, 0);
    }
  }

  /**
   * Takes scores [keys, n padded] into the state, and makes them exp(score − maximum), or 0 where
   * the query does not see the key.
   */
  static void add(int keys, int n, int end, long scores, long maxima, long sums, long factors) {
    MAXIMA.run(scores, maxima, factors, keys, n, end, padded(n));
    SHRINK.run(maxima, sums, factors, keys, n, end, padded(n));
    WEIGHTS.run(scores, maxima, sums, keys, n, end, padded(n));
  }

  /** The same for scores [n, keys]. */
  static void addFew(int keys, int n, int end, long scores, long maxima, long sums, long factors) {
    MAXIMA_OF_FEW.run(scores, maxima, factors, keys, n, end, padded(n));
    SHRINK.run(maxima, sums, factors, keys, n, end, padded(n));
    WEIGHTS_OF_FEW.run(scores, maxima, sums, keys, n, end, padded(n));
  }

  /** State after all keys: maxima become log-sum-exps, factors 1 / sum, or 0 if none was seen. */
  static void end(int keys, int n, long maxima, long sums, long factors) {
    END.run(maxima, sums, factors, keys, n, keys, padded(n));
  }

  /**
   * The softmax again, and its adjoint. Dao et al. 2022, algorithm 4, lines 12 to 16.
   *
   * @param weights scaled scores S [keys, n padded], which become P = exp(S − log-sum-exp)
   * @param slopes adjoints dP of P, which become P (dP − product)
   * @param state log-sum-exps of the queries, and {@code STATE} floats on their products, output ·
   *     its adjoint
   */
  static void slopes(int keys, int n, int end, long weights, long slopes, long state) {
    SLOPES.run(weights, slopes, state, keys, n, end, padded(n));
  }

  private static FloatVector lanes() {
    float[] numbers = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      numbers[i] = i;
    }
    return FloatVector.fromArray(Memory.FLOATS, numbers, 0);
  }

  /** Lanes that do not see key {@code j}, if lane i sees those before end + i. */
  private static VectorMask<Float> hidden(int j, int end) {
    return LANE.compare(LE, FloatVector.broadcast(Memory.FLOATS, (float) (j - end)));
  }

  /** The first {@code n} lanes. */
  private static VectorMask<Float> first(int n) {
    return LANE.compare(LT, FloatVector.broadcast(Memory.FLOATS, (float) n));
  }

  /** The maxima, or 0 where no key was seen: −∞ less −∞ would be no number. */
  private static FloatVector finite(FloatVector maxima) {
    return maxima.blend(0, maxima.compare(EQ, LOWEST));
  }

  /** Keys that some query of a vector sees, {@code end} being that of its first. */
  private static int seen(int keys, int end) {
    return Math.clamp(end + LANES - 1L, 0, keys);
  }

  /** Leaves the old maxima as factors. */
  private static void maxima(
      long scores, long maxima, long factors, int keys, int n, int end, int padded) {
    long stride = 4L * padded;
    for (int lane = 0; lane < n; lane += LANES) {
      long column = scores + 4L * lane;
      FloatVector maximum = load(maxima + 4L * lane);
      store(maximum, factors + 4L * lane);
      for (int j = 0; j < seen(keys, end + lane); j++) {
        FloatVector score = load(column + j * stride);
        maximum = maximum.max(score.blend(LOWEST, hidden(j, end + lane)));
      }
      store(maximum, maxima + 4L * lane);
    }
  }

  /** Old maxima become factors exp(old − new), by which sums shrink. */
  private static void shrink(
      long maxima, long sums, long factors, int keys, int n, int end, int padded) {
    for (int lane = 0; lane < n; lane += LANES) {
      FloatVector old = load(factors + 4L * lane);
      FloatVector factor = VectorMath.exp(old.sub(finite(load(maxima + 4L * lane))));
      store(factor, factors + 4L * lane);
      store(load(sums + 4L * lane).mul(factor), sums + 4L * lane);
    }
  }

  private static void weights(
      long scores, long maxima, long sums, int keys, int n, int end, int padded) {
    long stride = 4L * padded;
    for (int lane = 0; lane < n; lane += LANES) {
      long column = scores + 4L * lane;
      FloatVector maximum = finite(load(maxima + 4L * lane));
      FloatVector sum = load(sums + 4L * lane);
      int seen = seen(keys, end + lane);
      for (int j = 0; j < seen; j++) {
        FloatVector weight = VectorMath.exp(load(column + j * stride).sub(maximum));
        weight = weight.blend(0, hidden(j, end + lane));
        store(weight, column + j * stride);
        sum = sum.add(weight);
      }
      store(sum, sums + 4L * lane);
      clear(column, stride, seen, keys);
    }
  }

  /** Zeroes one vector of the rows of keys that no query sees. */
  private static void clear(long column, long stride, int seen, int keys) {
    for (int j = seen; j < keys; j++) {
      store(FloatVector.zero(Memory.FLOATS), column + j * stride);
    }
  }

  private static void maximaOfFew(
      long scores, long maxima, long factors, int keys, int n, int end, int padded) {
    for (int i = 0; i < n; i++) {
      long row = scores + 4L * i * keys;
      float old = getFloat(maxima + 4L * i);
      setFloat(factors + 4L * i, old);
      int seen = Math.clamp((long) end + i, 0, keys);
      FloatVector maximum = FloatVector.broadcast(Memory.FLOATS, old);
      for (int j = 0; j < seen; j += LANES) {
        VectorMask<Float> there = first(seen - j);
        maximum = maximum.max(load(row + 4L * j, there).blend(LOWEST, there.not()));
      }
      setFloat(maxima + 4L * i, maximum.reduceLanes(MAX));
    }
  }

  private static void weightsOfFew(
      long scores, long maxima, long sums, int keys, int n, int end, int padded) {
    for (int i = 0; i < n; i++) {
      long row = scores + 4L * i * keys;
      int seen = Math.clamp((long) end + i, 0, keys);
      FloatVector maximum = finite(FloatVector.broadcast(Memory.FLOATS, getFloat(maxima + 4L * i)));
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      for (int j = 0; j < seen; j += LANES) {
        VectorMask<Float> there = first(seen - j);
        FloatVector weight = VectorMath.exp(load(row + 4L * j, there).sub(maximum));
        weight = weight.blend(0, there.not());
        store(weight, row + 4L * j, there);
        sum = sum.add(weight);
      }
      setFloat(sums + 4L * i, getFloat(sums + 4L * i) + Lanes.sum(sum));
      Memory.clear(row + 4L * seen, 4L * (keys - seen));
    }
  }

  private static void end(
      long maxima, long sums, long factors, int keys, int n, int end, int padded) {
    for (int lane = 0; lane < n; lane += LANES) {
      FloatVector sum = load(sums + 4L * lane);
      store(VectorMath.log(sum).add(load(maxima + 4L * lane)), maxima + 4L * lane);
      FloatVector inverse = FloatVector.broadcast(Memory.FLOATS, 1).div(sum);
      store(inverse.blend(0, sum.compare(EQ, 0)), factors + 4L * lane);
    }
  }

  private static void slopes(
      long weights, long slopes, long state, int keys, int n, int end, int padded) {
    long stride = 4L * padded;
    for (int lane = 0; lane < n; lane += LANES) {
      FloatVector logSumExp = load(state + 4L * lane);
      FloatVector product = load(state + 4L * (STATE + lane));
      long column = weights + 4L * lane;
      long slopesAt = slopes + 4L * lane;
      int seen = seen(keys, end + lane);
      for (int j = 0; j < seen; j++) {
        FloatVector weight = VectorMath.exp(load(column + j * stride).sub(logSumExp));
        weight = weight.blend(0, hidden(j, end + lane));
        store(weight, column + j * stride);
        FloatVector slope = load(slopesAt + j * stride).sub(product).mul(weight);
        store(slope, slopesAt + j * stride);
      }
      clear(column, stride, seen, keys);
      clear(slopesAt, stride, seen, keys);
    }
  }
}
