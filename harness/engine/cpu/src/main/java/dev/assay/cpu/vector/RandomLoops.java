package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.RandomStream;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random words, and what becomes of them. A lane of longs works on one Philox block; the words are
 * those of {@link RandomStream#philox}.
 */
final class RandomLoops {
  private static final VectorSpecies<Long> LONGS =
      Memory.FLOATS.withLanes(long.class).check(long.class);

  /** Blocks of four words that are made at once. */
  private static final int BLOCKS = LONGS.length();

  /** Words that are made at once. */
  static final int WORDS = 4 * BLOCKS;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final LongVector LOW = LongVector.broadcast(LONGS, 0xFFFFFFFFL);
  private static final LongVector M0 = LongVector.broadcast(LONGS, 0xD2511F53L);
  private static final LongVector M1 = LongVector.broadcast(LONGS, 0xCD9E8D57L);
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final LongVector BLOCK = LongVector.zero(LONGS).addIndex(1);

  /** Lanes 0, 0, 1, 1, … and those of the upper half. */
  private static final VectorShuffle<Long> LOWER = VectorShuffle.fromOp(LONGS, i -> i / 2);

  private static final VectorShuffle<Long> UPPER =
      VectorShuffle.fromOp(LONGS, i -> (i + BLOCKS) / 2);
  private static final VectorMask<Long> ODD = odd();

  private static final FloatVector FOUR = VectorMath.constant(4);
  private static final FloatVector MINUS_TWO = VectorMath.constant(-2);
  private static final FloatVector HALF_PI = VectorMath.constant(0x1.921fb6p0f);
  private static final VectorShuffle<Float> FIRST_OF_PAIR =
      VectorShuffle.fromOp(Memory.FLOATS, i -> i & -2);
  private static final VectorShuffle<Float> SECOND_OF_PAIR =
      VectorShuffle.fromOp(Memory.FLOATS, i -> i | 1);

  /** 1 in even lanes, which take the cosine, 0 in odd ones. */
  private static final IntVector COSINE = cosine();

  /** Words become {@link RandomStream#uniform uniforms}. */
  static final UnaryLoops.Loop UNIFORM = RandomLoops::uniform;

  /** Pairs of words become pairs of standard normals, cosine first: Box and Muller 1958. */
  static final UnaryLoops.Loop NORMAL = RandomLoops::normal;

  private RandomLoops() {}

  private static VectorMask<Long> odd() {
    boolean[] odd = new boolean[BLOCKS];
    for (int i = 1; i < BLOCKS; i += 2) {
      odd[i] = true;
    }
    return VectorMask.fromArray(LONGS, odd, 0);
  }

  private static IntVector cosine() {
    int[] even = new int[L];
    for (int i = 0; i < L; i += 2) {
      even[i] = 1;
    }
    return IntVector.fromArray(VectorMath.LANE.reinterpretAsInts().species(), even, 0);
  }

  /**
   * Words of the stream {@code key} from block {@code first} on.
   *
   * @param n a multiple of {@link #WORDS}
   */
  static void words(int n, long d, long key, long first) {
    for (int i = 0; i < n; i += WORDS, d += 2 * S, first += BLOCKS) {
      LongVector counter = BLOCK.add(first);
      LongVector c0 = counter.and(LOW);
      LongVector c1 = counter.lanewise(LSHR, 32);
      LongVector c2 = LongVector.zero(LONGS);
      LongVector c3 = c2;
      int k0 = (int) key;
      int k1 = (int) (key >>> 32);
      for (int round = 0; round < 10; round++) {
        LongVector p0 = c0.and(LOW).mul(M0.and(LOW));
        LongVector p1 = c2.and(LOW).mul(M1.and(LOW));
        c0 = p1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0 & 0xFFFFFFFFL);
        c2 = p0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1 & 0xFFFFFFFFL);
        c1 = p1.and(LOW);
        c3 = p0.and(LOW);
        k0 += W0;
        k1 += W1;
      }
      LongVector low = c0.or(c1.lanewise(LSHL, 32));
      LongVector high = c2.or(c3.lanewise(LSHL, 32));
      low.rearrange(LOWER)
          .blend(high.rearrange(LOWER), ODD)
          .intoMemorySegment(Memory.ALL, d, ORDER);
      low.rearrange(UPPER)
          .blend(high.rearrange(UPPER), ODD)
          .intoMemorySegment(Memory.ALL, d + S, ORDER);
    }
  }

  private static void uniform(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.uniform(load(a).reinterpretAsInts()), d);
    }
  }

  /** In two loops, since C2 does not keep all that one would need in registers. */
  private static void normal(int n, long d, long a, long s) {
    long radii = Own.get().strip();
    for (int i = 0; i < n; i += Own.STRIP) {
      int strip = Math.min(Own.STRIP, n - i);
      long words = a + i / L * s;
      radii(strip, radii, words, s);
      angles(strip, d + i / L * S, words, s, radii);
    }
  }

  private static void radii(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      FloatVector u = VectorMath.uniform(load(a).reinterpretAsInts());
      store(VectorMath.log(u.rearrange(FIRST_OF_PAIR)).mul(MINUS_TWO).sqrt(), d);
    }
  }

  /** Turns are reduced to |r| ≤ ⅛ before they become angles, so that nothing is lost. */
  private static void angles(int n, long d, long a, long s, long radii) {
    for (int i = 0; i < n; i += L, d += S, a += s, radii += S) {
      FloatVector u = VectorMath.uniform(load(a).reinterpretAsInts());
      FloatVector quarters = u.rearrange(SECOND_OF_PAIR).mul(FOUR);
      FloatVector shifted = quarters.add(VectorMath.ROUND);
      FloatVector r = quarters.sub(shifted.sub(VectorMath.ROUND)).mul(HALF_PI);
      FloatVector sin = VectorTrigonometry.sinReduced(r);
      FloatVector cos = VectorTrigonometry.cosReduced(r);
      IntVector turns = shifted.reinterpretAsInts().add(COSINE);
      store(VectorTrigonometry.turned(sin, cos, turns).mul(load(radii)), d);
    }
  }
}
