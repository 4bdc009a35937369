package dev.assay.cpu.x86;

import java.util.Arrays;

/**
 * Encodes the instructions that the kernels are made of: Intel 64 and IA-32 Architectures Software
 * Developer's Manual, volume 2. General registers have 64 bits; operands stand in Intel's order,
 * the destination first.
 */
public abstract sealed class Assembler permits VectorAssembler {
  private static final int NO_INDEX = 4;
  private static final int RELATIVE = 5;

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

  /** Conditions after an instruction that compares with 0. */
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

  /** Makes a forward jump, or an address ahead, lead here. */
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

  /** {@code to} ← memory. */
  public void load(Register to, Address from) {
    general(0x8B, to.ordinal(), from);
  }

  /** {@code to} ← the address itself. */
  public void address(Register to, Address from) {
    general(0x8D, to.ordinal(), from);
  }

  /** {@code to} ← the address at which {@link #land} is called with the result. */
  public int addressAhead(Register to) {
    emit(0x48 | to.ordinal() >> 3 << 2, 0x8D, (to.ordinal() & 7) << 3 | RELATIVE);
    int32(0);
    return size;
  }

  /** Fills up with zeros to a multiple of {@code bytes}, for data. */
  public void align(int bytes) {
    while (size % bytes != 0) {
      emit(0);
    }
  }

  /** Four bytes of data. */
  public void data(int value) {
    int32(value);
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

  /** {@code to} ← 0. */
  public void clear(Register to) {
    general(0x31, to, to);
  }

  /** {@code to} ← {@code value}. */
  public void set(Register to, long value) {
    emit(0x48 | to.ordinal() >> 3, 0xB8 | (to.ordinal() & 7));
    int32((int) value);
    int32((int) (value >> Integer.SIZE));
  }

  /** Memory ← {@code from}. */
  public void store(Address to, Register from) {
    general(0x89, from.ordinal(), to);
  }

  /** Bits of {@code to} that {@code by}, 0 … 127, has too; compares the result with 0. */
  public void and(Register to, int by) {
    immediate(4, to, by);
  }

  /** {@code to} ← {@code to} / 2^by, from 0 on. */
  public void shiftRight(Register to, int by) {
    emit(0x48 | to.ordinal() >> 3, 0xC1, 0xE8 | (to.ordinal() & 7), by);
  }

  /** The bytes that say where an operand lies; short displacements count in {@code unit}s. */
  final void memory(int reg, Address address, int unit) {
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

  final void emit(int... values) {
    if (size + values.length > code.length) {
      code = Arrays.copyOf(code, 2 * code.length);
    }
    for (int value : values) {
      code[size++] = (byte) value;
    }
  }
}
