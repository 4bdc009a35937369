package dev.assay.cpu.x86;

import static dev.assay.cpu.x86.Assembler.Register.R10;
import static dev.assay.cpu.x86.Assembler.Register.R11;
import static dev.assay.cpu.x86.Assembler.Register.R8;
import static dev.assay.cpu.x86.Assembler.Register.R9;
import static dev.assay.cpu.x86.Assembler.Register.RAX;
import static dev.assay.cpu.x86.Assembler.Register.RCX;
import static dev.assay.cpu.x86.Assembler.Register.RDI;
import static dev.assay.cpu.x86.Assembler.Register.RSI;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.Assembler.Address;
import dev.assay.cpu.x86.Assembler.Condition;
import dev.assay.cpu.x86.Assembler.Register;
import java.lang.foreign.Arena;

/**
 * Copies of B into panels of 32 columns, whose rows lie one after another. Rows of B are read
 * whole, as far as they go: the processor fetches ahead only along them.
 */
public final class PanelKernel {
  /** Fields of the one argument, each a long; addresses and strides are in bytes. */
  public enum Field {
    FROM,
    /** From one stored row to the next. */
    FROM_ROW,
    TO,
    /** Rows of a panel, or whole squares of 16 rows if B is stored transposed. */
    COUNT,
    /** Columns of the last vector, or the rows left over from the squares, as a mask. */
    MASK;

    int offset() {
      return Long.BYTES * ordinal();
    }

    /** Sets the field of an argument. */
    public void set(long argument, long value) {
      Memory.setLong(argument + offset(), value);
    }
  }

  /** Bytes of the argument. */
  public static final int ARGUMENT_BYTES = Long.BYTES * Field.values().length;

  /** Extent of a square, and the lanes of a vector. */
  public static final int LANES = 16;

  /** Vectors of a row of a panel, and their bytes. */
  public static final int VECTORS = 2;

  public static final int ROW_BYTES = 128;

  private static final int TAIL = 1;
  private static final int VECTOR_BYTES = 64;
  private static final int LOW_QUARTERS = 0x88;
  private static final int HIGH_QUARTERS = 0xDD;

  private final VectorAssembler code = new VectorAssembler();

  private PanelKernel() {
    get(RAX, Field.FROM);
    get(R8, Field.FROM_ROW);
    get(RCX, Field.TO);
    get(RSI, Field.COUNT);
  }

  private void get(Register to, Field field) {
    code.load(to, Address.of(RDI, field.offset()));
  }

  /**
   * The function that copies rows of {@code vectors} vectors, at most 16, the columns beyond the
   * mask as zeros.
   *
   * @param panelBytes from one panel to the next
   */
  public static long plain(int vectors, int panelBytes) {
    return MachineCode.function(Arena.global(), new PanelKernel().copy(vectors, panelBytes));
  }

  /**
   * The function that turns {@code lines} stored rows, at most 16, into columns; missing ones are
   * zeros. It writes whole squares: room for 15 rows after the panel's last is needed.
   */
  public static long turned(int lines) {
    return MachineCode.function(Arena.global(), new PanelKernel().turn(lines));
  }

  private byte[] copy(int vectors, int panelBytes) {
    get(RSI, Field.MASK);
    code.mask(TAIL, RSI);
    get(RSI, Field.COUNT);
    int row = code.here();
    for (int vector = 0; vector < vectors; vector++) {
      int mask = vector == vectors - 1 ? TAIL : VectorAssembler.ALL;
      code.load(vector, Address.of(RAX, VECTOR_BYTES * vector), mask);
    }
    for (int vector = 0; vector < vectors; vector++) {
      int to = vector / VECTORS * panelBytes + vector % VECTORS * VECTOR_BYTES;
      code.store(Address.of(RCX, to), vector, VectorAssembler.ALL);
    }
    code.add(RAX, R8);
    code.address(RCX, Address.of(RCX, ROW_BYTES));
    code.subtract(RSI, 1);
    code.jump(Condition.NOT_EQUAL, row);
    code.vectorReturn();
    return code.bytes();
  }

  private byte[] turn(int lines) {
    code.address(R10, Address.of(R8, R8, 2)); // three rows
    code.address(R11, Address.of(R8, R8, 4)); // five rows
    code.test(RSI);
    int rest = code.jump(Condition.EQUAL);
    int square = code.here();
    square(lines, VectorAssembler.ALL);
    code.subtract(RSI, 1);
    code.jump(Condition.NOT_EQUAL, square);
    code.land(rest);
    get(RSI, Field.MASK);
    code.test(RSI);
    int end = code.jump(Condition.EQUAL);
    code.mask(TAIL, RSI);
    square(lines, TAIL);
    code.land(end);
    code.vectorReturn();
    return code.bytes();
  }

  private void square(int lines, int mask) {
    code.move(R9, RAX);
    for (int line = 0; line < LANES; line++) {
      if (line > 0 && line % 7 == 0) {
        code.address(R9, Address.of(R9, R10, 2));
        code.add(R9, R8);
      }
      if (line < lines) {
        code.load(line, line(line % 7), mask);
      } else {
        code.zero(line);
      }
    }
    if (mask == VectorAssembler.ALL) {
      code.address(RAX, Address.of(RAX, VECTOR_BYTES));
    }
    transpose();
    for (int row = 0; row < LANES; row++) {
      code.store(Address.of(RCX, ROW_BYTES * row), row, VectorAssembler.ALL);
    }
    code.address(RCX, Address.of(RCX, ROW_BYTES * LANES));
  }

  private static Address line(int line) {
    return switch (line) {
      case 0 -> Address.of(R9, 0);
      case 1 -> Address.of(R9, R8, 1);
      case 2 -> Address.of(R9, R8, 2);
      case 3 -> Address.of(R9, R10, 1);
      case 4 -> Address.of(R9, R8, 4);
      case 5 -> Address.of(R9, R11, 1);
      default -> Address.of(R9, R10, 2);
    };
  }

  /** Registers 0 … 15 ← their transpose; 16 … 31 are used. */
  private void transpose() {
    for (int i = 0; i < LANES; i += 2) {
      code.interleave(false, LANES + i, i, i + 1);
      code.interleave(true, LANES + i + 1, i, i + 1);
    }
    for (int i = 0; i < LANES; i += 4) {
      for (int half = 0; half < 2; half++) {
        int a = LANES + i + half;
        code.interleavePairs(false, i + 2 * half, a, a + 2);
        code.interleavePairs(true, i + 2 * half + 1, a, a + 2);
      }
    }
    for (int i = 0; i < LANES; i += 8) {
      for (int j = i; j < i + 4; j++) {
        code.quarters(LANES + j, j, j + 4, LOW_QUARTERS);
        code.quarters(LANES + j + 4, j, j + 4, HIGH_QUARTERS);
      }
    }
    for (int j = 0; j < LANES / 2; j++) {
      code.quarters(j, LANES + j, LANES + j + 8, LOW_QUARTERS);
      code.quarters(j + 8, LANES + j, LANES + j + 8, HIGH_QUARTERS);
    }
  }
}
