package dev.assay.cpu.x86;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.BlockKernel.Field;
import java.util.Optional;

/** The functions of {@link BlockKernel} for every block that fits the registers. */
public final class BlockKernels {
  private static final int MOST_VECTORS = 4;

  private final long[][] functions = new long[MOST_VECTORS][];
  private final PanelKernels panels = new PanelKernels();

  /**
   * All of them, made on the first call; none where the processor or the system cannot run them:
   * they need Linux on x86-64, AVX-512, and memory that can be executed.
   */
  public static Optional<BlockKernels> made() {
    return Made.KERNELS;
  }

  private static final class Made {
    static final Optional<BlockKernels> KERNELS = make();

    private Made() {}

    private static Optional<BlockKernels> make() {
      try {
        return MachineCode.isPossible() ? Optional.of(new BlockKernels()) : Optional.empty();
      } catch (UnsupportedOperationException e) { // the system refuses
        return Optional.empty();
      }
    }
  }

  private BlockKernels() {
    for (int vectors = 1; vectors <= MOST_VECTORS; vectors++) {
      int most = BlockKernel.mostRows(vectors);
      functions[vectors - 1] = new long[most + 1];
      for (int rows = 1; rows <= most; rows++) {
        functions[vectors - 1][rows] = BlockKernel.of(rows, vectors);
      }
    }
  }

  /** The copies that feed them. */
  public PanelKernels panels() {
    return panels;
  }

  /**
   * Computes {@code m} rows and {@code columns} columns of C, at most 64, in blocks of about equal
   * height. The argument's fields stand, but for A_BLOCK, BLOCKS and MASK, which are set here; A
   * and C are left at some row.
   */
  public void run(long argument, int m, int columns) {
    int vectors = Math.ceilDiv(columns, PanelKernel.LANES);
    Field.MASK.set(argument, 0xFFFF >> (vectors * PanelKernel.LANES - columns));
    int blocks = Math.ceilDiv(m, BlockKernel.mostRows(vectors));
    int rows = Math.ceilDiv(m, blocks);
    int full = m / rows;
    long a = get(argument, Field.A);
    long c = get(argument, Field.C);
    long block = rows * get(argument, Field.A_ROW);
    Field.A_BLOCK.set(argument, block);
    Field.BLOCKS.set(argument, full);
    MachineCode.call(functions[vectors - 1][rows], argument);
    int rest = m - full * rows;
    if (rest > 0) {
      Field.A.set(argument, a + full * block);
      Field.C.set(argument, c + full * rows * get(argument, Field.C_ROW));
      Field.BLOCKS.set(argument, 1);
      MachineCode.call(functions[vectors - 1][rest], argument);
    }
  }

  private static long get(long argument, Field field) {
    return Memory.getLong(argument + field.offset());
  }
}
