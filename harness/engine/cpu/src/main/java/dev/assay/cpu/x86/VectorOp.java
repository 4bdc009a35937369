package dev.assay.cpu.x86;

/**
 * Instructions on vectors of 16 floats or ints, by their encoding (EVEX): the table of opcodes, the
 * prefix that it stands for, and the opcode.
 */
enum VectorOp {
  ADD(Map.MAP_0F, Prefix.NONE, 0x58),
  SUBTRACT(Map.MAP_0F, Prefix.NONE, 0x5C),
  MULTIPLY(Map.MAP_0F, Prefix.NONE, 0x59),
  DIVIDE(Map.MAP_0F, Prefix.NONE, 0x5E),
  /** The second operand where one is NaN, or both are 0. */
  MAX(Map.MAP_0F, Prefix.NONE, 0x5F),
  /** The second operand where one is NaN, or both are 0. */
  MIN(Map.MAP_0F, Prefix.NONE, 0x5D),
  SQRT(Map.MAP_0F, Prefix.NONE, 0x51),
  /** to · b + a. */
  MULTIPLY_ADD_132(Map.MAP_0F38, Prefix.P66, 0x98),
  /** a · to + b. */
  MULTIPLY_ADD_213(Map.MAP_0F38, Prefix.P66, 0xA8),
  /** a · b + to. */
  MULTIPLY_ADD_231(Map.MAP_0F38, Prefix.P66, 0xB8),
  AND(Map.MAP_0F, Prefix.P66, 0xDB),
  OR(Map.MAP_0F, Prefix.P66, 0xEB),
  XOR(Map.MAP_0F, Prefix.P66, 0xEF),
  INT_ADD(Map.MAP_0F, Prefix.P66, 0xFE),
  INT_SUBTRACT(Map.MAP_0F, Prefix.P66, 0xFA),
  TO_FLOAT(Map.MAP_0F, Prefix.NONE, 0x5B),
  /** To ints, toward zero; −2³¹ where that is impossible. */
  TRUNCATE(Map.MAP_0F, Prefix.PF3, 0x5B),
  /** By an immediate; which way stands in place of the destination, and that in a's. */
  SHIFT(Map.MAP_0F, Prefix.P66, 0x72),
  /** b where the mask is set, else a. */
  BLEND(Map.MAP_0F38, Prefix.P66, 0x65),
  /** To a mask, by the predicate that an immediate numbers. */
  COMPARE(Map.MAP_0F, Prefix.NONE, 0xC2),
  /** To a mask: where a and b have a bit in common. */
  TEST(Map.MAP_0F38, Prefix.P66, 0x27),
  /** a · 2^b for integers b, rounded once. */
  SCALE(Map.MAP_0F38, Prefix.P66, 0x2C),
  /** Bit by bit, of to, a and b: an immediate holds the result for each of the eight cases. */
  CHOOSE_BITS(Map.MAP_0F3A, Prefix.P66, 0x25),
  MOVE(Map.MAP_0F, Prefix.NONE, 0x28),
  LOAD(Map.MAP_0F, Prefix.NONE, 0x10),
  STORE(Map.MAP_0F, Prefix.NONE, 0x11),
  /** All lanes ← one float of memory. */
  BROADCAST(Map.MAP_0F38, Prefix.P66, 0x18, false, Length.ALL, Float.BYTES),
  /** One float of memory ← the first lane. */
  STORE_ONE(Map.MAP_0F, Prefix.PF3, 0x11, false, Length.ONE, Float.BYTES),
  INTERLEAVE_LOW(Map.MAP_0F, Prefix.NONE, 0x14),
  INTERLEAVE_HIGH(Map.MAP_0F, Prefix.NONE, 0x15),
  INTERLEAVE_LOW_PAIRS(Map.MAP_0F, Prefix.P66, 0x14, true, Length.ALL, VectorAssembler.BYTES),
  INTERLEAVE_HIGH_PAIRS(Map.MAP_0F, Prefix.P66, 0x15, true, Length.ALL, VectorAssembler.BYTES),
  /** Two quarters of a, then two of b; two bits of an immediate number each, from the lowest. */
  QUARTERS(Map.MAP_0F3A, Prefix.P66, 0x23),
  /** Within each quarter, four lanes; two bits of an immediate number each, from the lowest. */
  PERMUTE(Map.MAP_0F3A, Prefix.P66, 0x04);

  final int map;
  final int prefix;
  final int opcode;
  final boolean wide;
  final int length;

  /** Bytes of an operand in memory. */
  final int unit;

  VectorOp(int map, int prefix, int opcode) {
    this(map, prefix, opcode, false, Length.ALL, VectorAssembler.BYTES);
  }

  VectorOp(int map, int prefix, int opcode, boolean wide, int length, int unit) {
    this.map = map;
    this.prefix = prefix;
    this.opcode = opcode;
    this.wide = wide;
    this.length = length;
    this.unit = unit;
  }

  /** Whether a and b may change places. */
  boolean commutes() {
    return switch (this) {
      case ADD, MULTIPLY, AND, OR, XOR, INT_ADD -> true;
      default -> false;
    };
  }

  private static final class Map {
    static final int MAP_0F = 1;
    static final int MAP_0F38 = 2;
    static final int MAP_0F3A = 3;
  }

  private static final class Prefix {
    static final int NONE = 0;
    static final int P66 = 1;
    static final int PF3 = 2;
  }

  private static final class Length {
    static final int ONE = 0;
    static final int ALL = 2;
  }
}
