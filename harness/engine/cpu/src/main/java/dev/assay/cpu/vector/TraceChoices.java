package dev.assay.cpu.vector;

import static dev.assay.cpu.x86.Trace.Predicate.GREATER_EQUAL;
import static dev.assay.cpu.x86.Trace.Predicate.NOT_EQUAL;
import static dev.assay.cpu.x86.Trace.Predicate.UNORDERED;

import dev.assay.cpu.x86.Trace;
import dev.assay.cpu.x86.Trace.Constant;
import dev.assay.cpu.x86.Trace.Mask;
import dev.assay.cpu.x86.Trace.Predicate;
import dev.assay.cpu.x86.Trace.Source;

/** What Java's operators and reductions do with NaN, zeros and limits, as machine code. */
public final class TraceChoices {
  private static final Constant ZERO = Constant.of(0);
  private static final Constant ONE = Constant.of(1);
  private static final Constant TWO_31 = Constant.of(0x1p31f);
  private static final Constant MOST = new Constant(Integer.MAX_VALUE);

  private TraceChoices() {}

  /** The larger, +0 above −0, NaN if one is: as {@link Math#max(float, float)}. */
  public static Source max(Trace t, Source a, Source b) {
    if (b instanceof Constant(int bits) && !Float.isNaN(Float.intBitsToFloat(bits))) {
      return maxOfNumber(t, a, b, bits);
    }
    Mask negative = t.signs(b);
    Source x = t.blend(a, b, negative);
    Source y = t.blend(b, a, negative);
    return t.blend(t.maxOrSecond(x, y), x, t.compare(x, UNORDERED, x));
  }

  /** As above, b's sign being known: of NaN, and of two zeros, the instruction gives the second. */
  private static Source maxOfNumber(Trace t, Source a, Source b, int bits) {
    return bits < 0
        ? t.maxOrSecond(b, a)
        : t.blend(t.maxOrSecond(a, b), a, t.compare(a, UNORDERED, a));
  }

  /** The smaller, −0 below +0, NaN if one is: as {@link Math#min(float, float)}. */
  public static Source min(Trace t, Source a, Source b) {
    Mask negative = t.signs(a);
    Source x = t.blend(a, b, negative);
    Source y = t.blend(b, a, negative);
    return t.blend(t.minOrSecond(x, y), x, t.compare(x, UNORDERED, x));
  }

  /** 1 where the comparison holds, else 0. */
  public static Source one(Trace t, Source a, Predicate predicate, Source b) {
    return t.blend(ZERO, ONE, t.compare(a, predicate, b));
  }

  /** b where a is not 0, else c. */
  public static Source where(Trace t, Source a, Source b, Source c) {
    return t.blend(c, b, t.compare(a, NOT_EQUAL, ZERO));
  }

  /** Ints of floats, toward zero; of NaN 0, and the nearest int where there is none. */
  public static Source toInts(Trace t, Source x) {
    Source y = t.blend(t.truncate(x), MOST, t.compare(x, GREATER_EQUAL, TWO_31));
    return t.blend(y, ZERO, t.compare(x, UNORDERED, x));
  }

  /** The sum of all lanes, in the order of {@link dev.assay.cpu.memory.Lanes#sum}. */
  public static Source sumOfLanes(Trace t, Source x) {
    Source sum = x;
    for (int distance = 8; distance > 0; distance /= 2) {
      sum = t.add(sum, t.exchange(sum, distance));
    }
    return sum;
  }

  /** The largest lane. */
  public static Source maxOfLanes(Trace t, Source x) {
    Source max = x;
    for (int distance = 8; distance > 0; distance /= 2) {
      max = max(t, t.exchange(max, distance), max);
    }
    return max;
  }
}
