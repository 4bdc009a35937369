package dev.assay.cpu.x86;

import java.util.Arrays;

/**
 * Encodes the instructions that the kernels are made of: Intel 64 and IA-32 Architectures Software
 * Developer's Manual, volume 2. General registers have 64 bits, vector registers 512 bits (16
 * floats); operands stand in Intel's order, the destination first.
 */
public final class Assembler {
  /** Mask of all lanes. */
  public static final int ALL = 0;

  private static final int NO_INDEX = 4;
  private static final int MAP_0F = 1;
  private static final int MAP_0F38 = 2;
  private static final int MAP_0F3A = 3;
  private static final int NO_PREFIX = 0;
  private static final int PREFIX_66 = 1;
  private static final int VECTOR_BYTES = 64;
  private static final int FLOAT_BYTES = 4;

  private byte[] code = new byte[1024];
  private int size;

  /** A general register, by its number in the instruction set. */
  public enum Register {
    RAX,
    RCX,
    RDX,
    RBX,
    RSP,
    RBP,
    RSI,
    RDI,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15
  }

  /**
   * {@code base + index · scale + displacement} bytes.
   *
   * @param index any register but RSP, which means none
   * @param scale 1, 2, 4 or 8
   */
  public record Address(Register base, Register index, int scale, int displacement) {
    /** {@code base + displacement} bytes. */
    public static Address of(Register base, int displacement) {
      return new Address(base, Register.RSP, 1, displacement);
    }

    /** {@code base + index · scale} bytes. */
    public static Address of(Register base, Register index, int scale) {
      return new Address(base, index, scale, 0);
    }
  }

  /** Conditions after {@link #test} and {@link #subtract}: the result is 0, or is not. */
  public enum Condition {
    EQUAL(0x84),
    NOT_EQUAL(0x85);

    private final int opcode;

    Condition(int opcode) {
      this.opcode = opcode;
    }
  }

  /** The instructions so far. */
  public byte[] bytes() {
    return Arrays.copyOf(code, size);
  }

  /** A place to jump back to: here. */
  public int here() {
    return size;
  }

  /** Jumps back to {@code target} if the condition holds. */
  public void jump(Condition condition, int target) {
    patch(jump(condition), target);
  }

  /** Jumps forward if the condition holds, to where {@link #land} is called with the result. */
  public int jump(Condition condition) {
    emit(0x0F, condition.opcode);
    int32(0);
    return size;
  }

  /** Makes a forward jump lead here. */
  public void land(int jump) {
    patch(jump, size);
  }

  private void patch(int jump, int target) {
    int distance = target - jump;
    for (int i = 0; i < Integer.BYTES; i++) {
      code[jump - Integer.BYTES + i] = (byte) (distance >> (8 * i));
    }
  }

  /** Saves a register on the stack. */
  public void push(Register register) {
    stack(0x50, register);
  }

  /** Takes it back. */
  public void pop(Register register) {
    stack(0x58, register);
  }

  private void stack(int opcode, Register register) {
    if (register.ordinal() >= 8) {
      emit(0x41);
    }
    emit(opcode + (register.ordinal() & 7));
  }

  /** Returns to the caller, whose code may use narrower vectors. */
  public void vectorReturn() {
    emit(0xC5, 0xF8, 0x77); // vzeroupper: mixing widths is slow without it
    emit(0xC3);
  }

  /** {@code to} ← memory. */
  public void load(Register to, Address from) {
    general(0x8B, to.ordinal(), from);
  }

  /** {@code to} ← the address itself. */
  public void address(Register to, Address from) {
    general(0x8D, to.ordinal(), from);
  }

  /** {@code to} ← {@code from}. */
  public void move(Register to, Register from) {
    general(0x89, to, from);
  }

  /** {@code to} += {@code by}. */
  public void add(Register to, Register by) {
    general(0x01, to, by);
  }

  /** {@code to} += memory. */
  public void add(Register to, Address by) {
    general(0x03, to.ordinal(), by);
  }

  /** {@code to} += {@code by}, −128 … 127. */
  public void add(Register to, int by) {
    immediate(0, to, by);
  }

  /** {@code to} −= {@code by}, −128 … 127, and compares the result with 0. */
  public void subtract(Register to, int by) {
    immediate(5, to, by);
  }

  /** Compares a register with 0. */
  public void test(Register register) {
    general(0x85, register, register);
  }

  private void immediate(int extension, Register to, int value) {
    if (value != (byte) value) {
      throw new IllegalArgumentException("immediate=" + value + " is outside −128 … 127");
    }
    emit(0x48 | to.ordinal() >> 3, 0x83, 0xC0 | extension << 3 | (to.ordinal() & 7), value);
  }

  private void general(int opcode, Register rm, Register reg) {
    emit(0x48 | reg.ordinal() >> 3 << 2 | rm.ordinal() >> 3, opcode);
    emit(0xC0 | (reg.ordinal() & 7) << 3 | (rm.ordinal() & 7));
  }

  private void general(int opcode, int reg, Address address) {
    emit(
        0x48 | reg >> 3 << 2 | address.index.ordinal() >> 3 << 1 | address.base.ordinal() >> 3,
        opcode);
    memory(reg, address, 1);
  }

  /** Mask register {@code mask}, 1 … 7, ← the low 16 bits of {@code from}, one of the first 8. */
  public void mask(int mask, Register from) {
    emit(0xC5, 0xF8, 0x92, 0xC0 | mask << 3 | from.ordinal());
  }

  /** Lanes of the mask ← 16 floats of memory, the others ← 0. */
  public void load(int to, Address from, int mask) {
    evex(MAP_0F, NO_PREFIX, 0x10, to, 0, from, VECTOR_BYTES, mask, mask != ALL);
  }

  /** Memory of the mask's lanes ← 16 floats. */
  public void store(Address to, int from, int mask) {
    evex(MAP_0F, NO_PREFIX, 0x11, from, 0, to, VECTOR_BYTES, mask, false);
  }

  /** All lanes ← one float of memory. */
  public void broadcast(int to, Address from) {
    evex(MAP_0F38, PREFIX_66, 0x18, to, 0, from, FLOAT_BYTES, ALL, false);
  }

  /** {@code to} ← {@code a · b + to}. */
  public void multiplyAdd(int to, int a, int b) {
    evex(MAP_0F38, PREFIX_66, 0xB8, to, a, b);
  }

  /** {@code to} ← {@code a · b}. */
  public void multiply(int to, int a, int b) {
    evex(MAP_0F, NO_PREFIX, 0x59, to, a, b);
  }

  /** {@code to} ← 0. */
  public void zero(int to) {
    evex(MAP_0F, PREFIX_66, 0xEF, to, to, to);
  }

  /** The low (or high) floats of each quarter of a and b, in turns. */
  public void interleave(boolean high, int to, int a, int b) {
    evex(MAP_0F, NO_PREFIX, high ? 0x15 : 0x14, to, a, b);
  }

  /** The low (or high) pairs of floats of each quarter of a and b, in turns. */
  public void interleavePairs(boolean high, int to, int a, int b) {
    evex(MAP_0F, PREFIX_66, high ? 0x15 : 0x14, true, to, a, b);
  }

  /** Two quarters of a, then two of b; two bits of {@code choice} number each, from the lowest. */
  public void quarters(int to, int a, int b, int choice) {
    evex(MAP_0F3A, PREFIX_66, 0x23, to, a, b);
    emit(choice);
  }

  private void evex(int map, int prefix, int opcode, int reg, int second, int rm) {
    evex(map, prefix, opcode, false, reg, second, rm);
  }

  private void evex(int map, int prefix, int opcode, boolean wide, int reg, int second, int rm) {
    prefixes(map, prefix, wide, reg, second, rm >> 3 & 1, rm >> 4 & 1, ALL, false);
    emit(opcode, 0xC0 | (reg & 7) << 3 | (rm & 7));
  }

  private void evex(
      int map,
      int prefix,
      int opcode,
      int reg,
      int second,
      Address address,
      int unit,
      int mask,
      boolean zeroing) {
    int base = address.base.ordinal() >> 3;
    int index = address.index.ordinal() >> 3;
    prefixes(map, prefix, false, reg, second, base, index, mask, zeroing);
    emit(opcode);
    memory(reg, address, unit);
  }

  /** The four bytes before the opcode: extensions of the registers are stored inverted. */
  private void prefixes(
      int map,
      int prefix,
      boolean wide,
      int reg,
      int second,
      int baseBit,
      int indexBit,
      int mask,
      boolean zeroing) {
    emit(0x62);
    emit((~reg & 8) << 4 | (~indexBit & 1) << 6 | (~baseBit & 1) << 5 | (~reg & 16) | map);
    emit((wide ? 0x80 : 0) | (~second & 15) << 3 | 4 | prefix);
    emit((zeroing ? 0x80 : 0) | 0x40 | (~second & 16) >> 1 | mask);
  }

  /** The bytes that say where an operand lies; short displacements count in {@code unit}s. */
  private void memory(int reg, Address address, int unit) {
    int base = address.base.ordinal() & 7;
    int displacement = address.displacement;
    boolean indexed = address.index != Register.RSP || base == NO_INDEX;
    boolean none = displacement == 0 && base != Register.RBP.ordinal();
    int units = displacement / unit;
    boolean compact = displacement % unit == 0 && units == (byte) units;
    int mode = none ? 0 : compact ? 0x40 : 0x80;
    emit(mode | (reg & 7) << 3 | (indexed ? NO_INDEX : base));
    if (indexed) {
      int shift = Integer.numberOfTrailingZeros(address.scale);
      emit(shift << 6 | (address.index.ordinal() & 7) << 3 | base);
    }
    if (!none) {
      if (compact) {
        emit(units);
      } else {
        int32(displacement);
      }
    }
  }

  private void int32(int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      emit(value >> (8 * i));
    }
  }

  private void emit(int... values) {
    if (size + values.length > code.length) {
      code = Arrays.copyOf(code, 2 * code.length);
    }
    for (int value : values) {
      code[size++] = (byte) value;
    }
  }
}
