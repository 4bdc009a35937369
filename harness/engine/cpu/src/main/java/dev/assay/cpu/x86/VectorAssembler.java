package dev.assay.cpu.x86;

/** Encodes instructions on the 32 vector registers, of 512 bits (16 floats), as well. */
public final class VectorAssembler extends Assembler {
  /** Mask of all lanes. */
  public static final int ALL = 0;

  /** Bytes of a vector. */
  static final int BYTES = 64;

  /** An instruction without a second operand has this one. */
  private static final int NONE = 0;

  private static final int ZEROING = 0x80;
  private static final int REPEATED = 0x10;

  /** Results of a choice by (own, a, choice), as three bits, from the lowest. */
  private static final int BITS_OF_A = 0xD8;

  /** Returns to the caller, whose code may use narrower vectors. */
  public void vectorReturn() {
    emit(0xC5, 0xF8, 0x77); // vzeroupper: mixing widths is slow without it
    emit(0xC3);
  }

  /** Mask register {@code mask}, 1 … 7, ← the low 16 bits of {@code from}, one of the first 8. */
  public void mask(int mask, Register from) {
    emit(0xC5, 0xF8, 0x92, 0xC0 | mask << 3 | from.ordinal());
  }

  /** Lanes of the mask ← 16 floats of memory, the others ← 0. */
  public void load(int to, Address from, int mask) {
    evex(VectorOp.LOAD, to, NONE, from, mask, mask == ALL ? 0 : ZEROING);
  }

  /** Memory of the mask's lanes ← 16 floats. */
  public void store(Address to, int from, int mask) {
    evex(VectorOp.STORE, from, NONE, to, mask, 0);
  }

  /** All lanes ← one float of memory. */
  public void broadcast(int to, Address from) {
    evex(VectorOp.BROADCAST, to, NONE, from, ALL, 0);
  }

  /** One float of memory ← the first lane. */
  public void storeOne(Address to, int from) {
    evex(VectorOp.STORE_ONE, from, NONE, to, ALL, 0);
  }

  /** {@code to} ← {@code a · b + to}. */
  public void multiplyAdd(int to, int a, int b) {
    vector(VectorOp.MULTIPLY_ADD_231, to, a, b);
  }

  /** {@code to} ← {@code a · b}. */
  public void multiply(int to, int a, int b) {
    vector(VectorOp.MULTIPLY, to, a, b);
  }

  /** {@code to} ← 0. */
  public void zero(int to) {
    vector(VectorOp.XOR, to, to, to);
  }

  /** The low (or high) floats of each quarter of a and b, in turns. */
  public void interleave(boolean high, int to, int a, int b) {
    vector(high ? VectorOp.INTERLEAVE_HIGH : VectorOp.INTERLEAVE_LOW, to, a, b);
  }

  /** The low (or high) pairs of floats of each quarter of a and b, in turns. */
  public void interleavePairs(boolean high, int to, int a, int b) {
    vector(high ? VectorOp.INTERLEAVE_HIGH_PAIRS : VectorOp.INTERLEAVE_LOW_PAIRS, to, a, b);
  }

  /** Two quarters of a, then two of b; two bits of {@code choice} number each, from the lowest. */
  public void quarters(int to, int a, int b, int choice) {
    vector(VectorOp.QUARTERS, to, a, b);
    emit(choice);
  }

  /** {@code to} ← op(a). */
  void vector(VectorOp op, int to, int a) {
    vector(op, to, NONE, a);
  }

  /** {@code to} ← op(a, b). */
  void vector(VectorOp op, int to, int a, int b) {
    evex(op, to, a, b, ALL, 0);
  }

  /** {@code to} ← op(a, b), b being one float of memory, repeated. */
  void vector(VectorOp op, int to, int a, Address b) {
    evex(op, to, a, b, ALL, REPEATED);
  }

  /** {@code to} ← b where the mask is set, else a. */
  void blend(int to, int mask, int a, int b) {
    evex(VectorOp.BLEND, to, a, b, mask, 0);
  }

  /** {@code to} ← b where the mask is set, else a, b being one float of memory, repeated. */
  void blend(int to, int mask, int a, Address b) {
    evex(VectorOp.BLEND, to, a, b, mask, REPEATED);
  }

  /** Mask register {@code mask} ← where the predicate holds of a and b. */
  void compare(int mask, int a, int b, int predicate) {
    evex(VectorOp.COMPARE, mask, a, b, ALL, 0);
    emit(predicate);
  }

  /** Mask register {@code mask} ← where the predicate holds of a and one float of memory. */
  void compare(int mask, int a, Address b, int predicate) {
    evex(VectorOp.COMPARE, mask, a, b, ALL, REPEATED);
    emit(predicate);
  }

  /** Mask register {@code mask} ← where a and one int of memory have a bit in common. */
  void test(int mask, int a, Address b) {
    evex(VectorOp.TEST, mask, a, b, ALL, REPEATED);
  }

  /** Mask register {@code mask} ← where a and b have a bit in common. */
  void test(int mask, int a, int b) {
    vector(VectorOp.TEST, mask, a, b);
  }

  /** {@code to} ← bits of a where {@code choice} has them, else its own. */
  void chooseBits(int to, int a, int choice) {
    vector(VectorOp.CHOOSE_BITS, to, a, choice);
    emit(BITS_OF_A);
  }

  /** The same, the choice being one int of memory, repeated. */
  void chooseBits(int to, int a, Address choice) {
    evex(VectorOp.CHOOSE_BITS, to, a, choice, ALL, REPEATED);
    emit(BITS_OF_A);
  }

  /** {@code to} ← the ints of a, shifted by {@code by} bits. */
  void shift(Shift shift, int to, int a, int by) {
    evex(VectorOp.SHIFT, shift.extension, to, a, ALL, 0);
    emit(by);
  }

  /** Within each quarter, four lanes; two bits of {@code choice} number each, from the lowest. */
  void permute(int to, int a, int choice) {
    vector(VectorOp.PERMUTE, to, a);
    emit(choice);
  }

  /** Ways to shift ints. */
  enum Shift {
    /** Bits that come in are the sign. */
    RIGHT_SIGNED(4),
    LEFT(6);

    private final int extension;

    Shift(int extension) {
      this.extension = extension;
    }
  }

  private void evex(VectorOp op, int reg, int second, int rm, int mask, int flags) {
    prefixes(op, reg, second, rm >> 3 & 1, rm >> 4 & 1, mask | flags);
    emit(op.opcode, 0xC0 | (reg & 7) << 3 | (rm & 7));
  }

  private void evex(VectorOp op, int reg, int second, Address address, int mask, int flags) {
    int base = address.base().ordinal() >> 3;
    int index = address.index().ordinal() >> 3;
    prefixes(op, reg, second, base, index, mask | flags);
    emit(op.opcode);
    memory(reg, address, (flags & REPEATED) != 0 ? Float.BYTES : op.unit);
  }

  /** The four bytes before the opcode: extensions of the registers are stored inverted. */
  private void prefixes(VectorOp op, int reg, int second, int baseBit, int indexBit, int rest) {
    emit(0x62);
    emit((~reg & 8) << 4 | (~indexBit & 1) << 6 | (~baseBit & 1) << 5 | (~reg & 16) | op.map);
    emit((op.wide ? 0x80 : 0) | (~second & 15) << 3 | 4 | op.prefix);
    emit(op.length << 5 | (~second & 16) >> 1 | rest);
  }
}
