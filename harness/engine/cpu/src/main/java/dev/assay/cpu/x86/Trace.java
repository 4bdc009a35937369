package dev.assay.cpu.x86;

import java.util.ArrayList;
import java.util.List;

/**
 * Vector code without branches on numbered values, each made once; accumulators alone change.
 * Instructions are those of the processor but for their registers, so that the bits of a result are
 * plain to see.
 */
public final class Trace {
  /** What an instruction reads: 16 floats, or the bits of 16 ints. */
  public sealed interface Source {}

  /** What an instruction may make. */
  sealed interface Place extends Source {}

  record Value(int number) implements Place {}

  /**
   * A vector that stays in its register from one trace of a pass to the next. A trace that runs on
   * several vectors at once has one for each.
   *
   * @param position of the vector that it belongs to, from the first at hand
   */
  public record Accumulator(int number, int position) implements Place {}

  /** The same number in all lanes. */
  public record Constant(int bits) implements Source {
    public static Constant of(float number) {
      return new Constant(Float.floatToRawIntBits(number));
    }

    float number() {
      return Float.intBitsToFloat(bits);
    }
  }

  /** A number that other code kept, in all lanes. */
  public record Slot(int number) implements Source {}

  /** Where a comparison holds. One is at hand at a time. */
  public record Mask(int number) {}

  /** Predicates of comparisons, which are false of NaN but for the last two. */
  public enum Predicate {
    EQUAL(0x00),
    LESS(0x11),
    LESS_EQUAL(0x12),
    GREATER_EQUAL(0x1D),
    GREATER(0x1E),
    NOT_EQUAL(0x04),
    UNORDERED(0x03);

    final int number;

    Predicate(int number) {
      this.number = number;
    }
  }

  private static final Constant SIGN = new Constant(Integer.MIN_VALUE);

  private final List<Step> steps = new ArrayList<>();
  private int values;
  private int masks;

  List<Step> steps() {
    return steps;
  }

  int values() {
    return values;
  }

  private Place make() {
    return new Value(values++);
  }

  private Source unary(VectorOp op, Source a) {
    Place to = make();
    steps.add(new Step.Unary(op, to, a));
    return to;
  }

  private Source binary(VectorOp op, Source a, Source b) {
    Place to = make();
    steps.add(new Step.Binary(op, to, a, b));
    return to;
  }

  public Source add(Source a, Source b) {
    return binary(VectorOp.ADD, a, b);
  }

  public Source sub(Source a, Source b) {
    return binary(VectorOp.SUBTRACT, a, b);
  }

  public Source mul(Source a, Source b) {
    return binary(VectorOp.MULTIPLY, a, b);
  }

  public Source div(Source a, Source b) {
    return binary(VectorOp.DIVIDE, a, b);
  }

  /** The larger; b where one is NaN, or both are 0. */
  public Source maxOrSecond(Source a, Source b) {
    return binary(VectorOp.MAX, a, b);
  }

  /** The smaller; b where one is NaN, or both are 0. */
  public Source minOrSecond(Source a, Source b) {
    return binary(VectorOp.MIN, a, b);
  }

  public Source sqrt(Source a) {
    return unary(VectorOp.SQRT, a);
  }

  /** a · b + c, rounded once. */
  public Source fma(Source a, Source b, Source c) {
    Place to = make();
    steps.add(new Step.MultiplyAdd(to, a, b, c));
    return to;
  }

  public Source and(Source a, Source b) {
    return binary(VectorOp.AND, a, b);
  }

  public Source or(Source a, Source b) {
    return binary(VectorOp.OR, a, b);
  }

  public Source xor(Source a, Source b) {
    return binary(VectorOp.XOR, a, b);
  }

  /** Sum of ints. */
  public Source intAdd(Source a, Source b) {
    return binary(VectorOp.INT_ADD, a, b);
  }

  /** Difference of ints. */
  public Source intSub(Source a, Source b) {
    return binary(VectorOp.INT_SUBTRACT, a, b);
  }

  /** Ints · 2^by. */
  public Source shiftLeft(Source a, int by) {
    Place to = make();
    steps.add(new Step.Shift(VectorAssembler.Shift.LEFT, to, a, by));
    return to;
  }

  /** Ints / 2^by, rounded down. */
  public Source shiftRight(Source a, int by) {
    Place to = make();
    steps.add(new Step.Shift(VectorAssembler.Shift.RIGHT_SIGNED, to, a, by));
    return to;
  }

  /** Floats of ints. */
  public Source toFloats(Source a) {
    return unary(VectorOp.TO_FLOAT, a);
  }

  /** Ints of floats, toward zero; −2³¹ where that is impossible. */
  public Source truncate(Source a) {
    return unary(VectorOp.TRUNCATE, a);
  }

  /** Lane i is a's lane i xor {@code distance}: 1, 2, 4 or 8. */
  public Source exchange(Source a, int distance) {
    Place to = make();
    steps.add(new Step.Exchange(to, a, distance));
    return to;
  }

  public Mask compare(Source a, Predicate predicate, Source b) {
    steps.add(new Step.Compare(predicate, a, b));
    return new Mask(++masks);
  }

  /** Where a is negative, −0 and such NaN included. */
  public Mask signs(Source a) {
    steps.add(new Step.Test(a, SIGN));
    return new Mask(++masks);
  }

  /** a · 2^n for integers n, rounded once. */
  public Source scale(Source a, Source n) {
    return binary(VectorOp.SCALE, a, n);
  }

  /** |y| with the sign of x. */
  public Source withSignOf(Source x, Source y) {
    Place to = make();
    steps.add(new Step.ChooseBits(to, y, x, SIGN));
    return to;
  }

  /** b where the mask holds, else a. */
  public Source blend(Source a, Source b, Mask mask) {
    if (mask.number != masks) {
      throw new IllegalStateException("another comparison came after that of a blend");
    }
    Place to = make();
    steps.add(new Step.Blend(to, a, b));
    return to;
  }

  /** The vector at hand of a stream. */
  public Source load(int stream) {
    Place to = make();
    steps.add(new Step.Load(to, stream));
    return to;
  }

  /** The first float at hand of a stream, in all lanes. */
  public Source repeat(int stream) {
    Place to = make();
    steps.add(new Step.Repeat(to, stream));
    return to;
  }

  /** Writes the vector at hand of a stream. */
  public void store(Source a, int stream) {
    steps.add(new Step.Store(a, stream));
  }

  /** Writes the first lane to a stream. */
  public void storeOne(Source a, int stream) {
    steps.add(new Step.StoreOne(a, stream));
  }

  /** Keeps the first lane for other code. */
  public void keep(Source a, int slot) {
    steps.add(new Step.Keep(a, slot));
  }

  /** accumulator ← a, and {@code rest} where a line ends before the vector does. */
  public void begin(Accumulator accumulator, Source a, Constant rest) {
    steps.add(new Step.Begin(accumulator, a, rest));
  }

  /** accumulator += a. */
  public void addTo(Accumulator accumulator, Source a) {
    steps.add(new Step.Binary(VectorOp.ADD, accumulator, accumulator, a));
  }

  /** accumulator += a · b, rounded once. */
  public void multiplyAddTo(Accumulator accumulator, Source a, Source b) {
    steps.add(new Step.MultiplyAdd(accumulator, a, b, accumulator));
  }

  /** accumulator ← a. */
  public void set(Accumulator accumulator, Source a) {
    steps.add(new Step.Unary(VectorOp.MOVE, accumulator, a));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trace trace && steps.equals(trace.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public String toString() {
    return steps.toString();
  }
}
