package dev.assay.cpu.lower;

import dev.assay.cpu.kernel.Kernel;
import java.util.Arrays;

/** A hand-written kernel on its operands. */
final class KernelStep implements Step {
  private final Kernel kernel;
  private final long[] operands;

  /**
   * @param operands addresses in the order that the kernel states, without the workspace
   */
  KernelStep(Kernel kernel, long... operands) {
    this.kernel = kernel;
    this.operands = Arrays.copyOf(operands, operands.length + 1);
  }

  @Override
  public int phases() {
    return kernel.phases();
  }

  @Override
  public int tiles(int phase) {
    return kernel.tiles(phase);
  }

  @Override
  public void run(int phase, int tile, long scratch) {
    kernel.run(phase, tile, operands, scratch);
  }

  @Override
  public long scratchBytes() {
    return kernel.scratchBytes();
  }

  @Override
  public long workspaceBytes() {
    return kernel.workspaceBytes();
  }

  @Override
  public void workspace(long address) {
    operands[operands.length - 1] = address;
  }
}
