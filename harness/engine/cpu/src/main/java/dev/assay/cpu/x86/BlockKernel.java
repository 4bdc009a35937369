package dev.assay.cpu.x86;

import static dev.assay.cpu.x86.Assembler.Register.R10;
import static dev.assay.cpu.x86.Assembler.Register.R11;
import static dev.assay.cpu.x86.Assembler.Register.R12;
import static dev.assay.cpu.x86.Assembler.Register.R13;
import static dev.assay.cpu.x86.Assembler.Register.R14;
import static dev.assay.cpu.x86.Assembler.Register.R15;
import static dev.assay.cpu.x86.Assembler.Register.R8;
import static dev.assay.cpu.x86.Assembler.Register.R9;
import static dev.assay.cpu.x86.Assembler.Register.RAX;
import static dev.assay.cpu.x86.Assembler.Register.RBP;
import static dev.assay.cpu.x86.Assembler.Register.RBX;
import static dev.assay.cpu.x86.Assembler.Register.RCX;
import static dev.assay.cpu.x86.Assembler.Register.RDI;
import static dev.assay.cpu.x86.Assembler.Register.RDX;
import static dev.assay.cpu.x86.Assembler.Register.RSI;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.Assembler.Address;
import dev.assay.cpu.x86.Assembler.Condition;
import dev.assay.cpu.x86.Assembler.Register;
import java.lang.foreign.Arena;

/**
 * Blocks of C that stay in registers while k runs: C ← alpha Σₛ Aₛ Bₛ + beta C over pairs of
 * matrices, for a column of such blocks. A is read element by element and may lie with any strides;
 * rows of B are vectors. Heinecke and others 2016, LIBXSMM; Georganas and others 2020, Harnessing
 * deep learning via a single building block (the batch-reduce product).
 */
public final class BlockKernel {
  /** Fields of the one argument, each a long; addresses and strides are in bytes. */
  public enum Field {
    A,
    B,
    C,
    /** Columns of each A. */
    K,
    /** From one row of A to the next. */
    A_ROW,
    /** From one column of A to the next. */
    A_COLUMN,
    /** From one row of B to the next. */
    B_ROW,
    C_ROW,
    /** Blocks of rows to compute. */
    BLOCKS,
    /** From the A of one block to that of the next. */
    A_BLOCK,
    /** Pairs to sum over, from 1 on. */
    PAIRS,
    /** Address of two longs for each pair: what to add to A and to B. */
    OFFSETS,
    /** Lanes of the last vector that C has. */
    MASK,
    /** Two floats: alpha, beta. */
    FACTORS,
    /** Not 0 if C is read. */
    ADDS;

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

  /** Most rows of a block by its vectors, from one vector on: what 32 registers hold. */
  private static final int[] MOST_ROWS = {14, 14, 9, 6};

  private static final int VECTOR_BYTES = 64;
  private static final int TAIL = 1;
  private static final Register[] SAVED = {RBX, RBP, R12, R13, R14, R15};

  private final VectorAssembler code = new VectorAssembler();
  private final int rows;
  private final int vectors;

  private BlockKernel(int rows, int vectors) {
    this.rows = rows;
    this.vectors = vectors;
  }

  public static int mostRows(int vectors) {
    return MOST_ROWS[vectors - 1];
  }

  /** The function for blocks of {@code rows} × {@code 16 · vectors}. */
  static long of(int rows, int vectors) {
    return MachineCode.function(Arena.global(), new BlockKernel(rows, vectors).assemble());
  }

  private byte[] assemble() {
    for (Register register : SAVED) {
      code.push(register);
    }
    get(R13, Field.A);
    get(R14, Field.C);
    get(R15, Field.BLOCKS);
    get(R8, Field.A_ROW);
    code.address(R9, Address.of(R8, R8, 2));
    code.address(R10, Address.of(R8, R8, 4));
    get(R11, Field.A_COLUMN);
    get(RBX, Field.B_ROW);
    get(RAX, Field.MASK);
    code.mask(TAIL, RAX);
    int block = code.here();
    for (int row = 0; row < rows; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        code.zero(sum(row, vector));
      }
    }
    pairs();
    finish();
    code.add(R13, Address.of(RDI, Field.A_BLOCK.offset()));
    code.subtract(R15, 1);
    code.jump(Condition.NOT_EQUAL, block);
    for (int i = SAVED.length - 1; i >= 0; i--) {
      code.pop(SAVED[i]);
    }
    code.vectorReturn();
    return code.bytes();
  }

  private void get(Register to, Field field) {
    code.load(to, Address.of(RDI, field.offset()));
  }

  private void pairs() {
    get(RBP, Field.OFFSETS);
    get(R12, Field.PAIRS);
    int pair = code.here();
    code.load(RAX, Address.of(RBP, 0));
    code.add(RAX, R13);
    code.load(RCX, Address.of(RBP, Long.BYTES));
    code.add(RCX, Address.of(RDI, Field.B.offset()));
    code.add(RBP, 2 * Long.BYTES);
    // RDX: row 7 of A
    code.address(RDX, Address.of(RAX, R9, 2));
    code.add(RDX, R8);
    get(RSI, Field.K);
    int step = code.here();
    step();
    code.add(RAX, R11);
    if (rows > 7) {
      code.add(RDX, R11);
    }
    code.add(RCX, RBX);
    code.subtract(RSI, 1);
    code.jump(Condition.NOT_EQUAL, step);
    code.subtract(R12, 1);
    code.jump(Condition.NOT_EQUAL, pair);
  }

  /** One column of A by one row of B. */
  private void step() {
    for (int vector = 0; vector < vectors; vector++) {
      code.load(right(vector), Address.of(RCX, VECTOR_BYTES * vector), mask(vector));
    }
    for (int row = 0; row < rows; row++) {
      int left = left(row);
      code.broadcast(left, rowOfA(row));
      for (int vector = 0; vector < vectors; vector++) {
        code.multiplyAdd(sum(row, vector), left, right(vector));
      }
    }
  }

  private void finish() {
    get(RAX, Field.FACTORS);
    int alpha = right(0);
    int beta = left(0);
    code.broadcast(alpha, Address.of(RAX, 0));
    code.broadcast(beta, Address.of(RAX, Float.BYTES));
    for (int row = 0; row < rows; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        code.multiply(sum(row, vector), sum(row, vector), alpha);
      }
    }
    get(RDX, Field.C_ROW);
    get(RCX, Field.ADDS);
    code.test(RCX);
    int plain = code.jump(Condition.EQUAL);
    code.move(RAX, R14);
    for (int row = 0; row < rows; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        Address at = Address.of(RAX, VECTOR_BYTES * vector);
        code.load(alpha, at, mask(vector));
        code.multiplyAdd(sum(row, vector), alpha, beta);
      }
      code.add(RAX, RDX);
    }
    code.land(plain);
    for (int row = 0; row < rows; row++) {
      for (int vector = 0; vector < vectors; vector++) {
        code.store(Address.of(R14, VECTOR_BYTES * vector), sum(row, vector), mask(vector));
      }
      code.add(R14, RDX);
    }
  }

  private int mask(int vector) {
    return vector == vectors - 1 ? TAIL : VectorAssembler.ALL;
  }

  private int sum(int row, int vector) {
    return row * vectors + vector;
  }

  private int right(int vector) {
    return rows * vectors + vector;
  }

  /** Two registers in turn where there are two. */
  private int left(int row) {
    int first = rows * vectors + vectors;
    return first + (first < 31 ? row & 1 : 0);
  }

  private static Address rowOfA(int row) {
    Register base = row < 7 ? RAX : RDX;
    return switch (row % 7) {
      case 0 -> Address.of(base, 0);
      case 1 -> Address.of(base, R8, 1);
      case 2 -> Address.of(base, R8, 2);
      case 3 -> Address.of(base, R9, 1);
      case 4 -> Address.of(base, R8, 4);
      case 5 -> Address.of(base, R10, 1);
      default -> Address.of(base, R9, 2);
    };
  }
}
