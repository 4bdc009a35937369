package dev.assay.cpu.kernel;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;

/**
 * Adjoint of a convolution in the filter: gathered pixels of x, transposed, times pixels of y.
 * Operands: x, y, filter, workspace.
 *
 * <p>A tile is one row of taps over a share of the pixels, in runs that stay in the cache; a second
 * phase adds the shares in order.
 */
final class GatherFilterKernel implements Kernel {
  /** Tiles to aim at. */
  private static final int TILES = 32;

  /** Floats of all shares together to stay below. */
  private static final long MOST_FLOATS = 8 << 20;

  private final Gemm gemm;
  private final ConvolutionShape shape;
  private final Columns gather;
  private final Split shares;
  private final int width;
  private final int run;
  private final Partials partials;

  GatherFilterKernel(Gemm gemm, ConvolutionShape shape) {
    this.gemm = gemm;
    this.shape = shape;
    gather = Gathers.forward(shape);
    int pixels = shape.batch() * gather.pixelsOfImage();
    width = gather.columns().taps() * gather.depth();
    run = Columns.pixelsOfTile(2.0 * width * shape.outputs(), width);
    long most = Math.max(1, MOST_FLOATS / Math.max(1, shape.filterSize()));
    int wanted = Math.ceilDiv(TILES, shape.kernelHeight());
    shares = Split.into((int) Math.min(wanted, most), pixels, run);
    partials = new Partials(shares.count(), shape.filterSize());
  }

  @Override
  public int phases() {
    return partials.phases();
  }

  @Override
  public int tiles(int phase) {
    return phase == 0 ? shares.count() * shape.kernelHeight() : partials.tiles();
  }

  @Override
  public long workspaceBytes() {
    return partials.workspaceBytes();
  }

  @Override
  public long scratchBytes() {
    return Memory.aligned(4L * run * width);
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    if (phase == 1) {
      partials.sum(tile, operands[3], operands[2]);
      return;
    }
    int share = tile / shape.kernelHeight();
    int tap = tile % shape.kernelHeight();
    long part = partials.part(share, operands[3], operands[2]);
    for (int group = 0; group < shape.window().groups(); group++) {
      long product =
          part + 4L * ((long) tap * width * shape.outputs() + group * shape.groupOutputs());
      multiply(group, tap, shares.begin(share), shares.end(share), operands, product, scratch);
    }
  }

  private void multiply(
      int group, int tap, int begin, int end, long[] operands, long product, long scratch) {
    long x = operands[0] + 4L * group * shape.depth();
    for (int pixel = begin; pixel == begin || pixel < end; pixel += run) {
      int count = Math.min(run, end - pixel);
      gather.fill(x, pixel, count, tap, tap + 1, scratch);
      gemm.multiply(
          true,
          false,
          width,
          shape.groupOutputs(),
          count,
          1,
          scratch,
          width,
          operands[1] + 4 * ((long) pixel * shape.outputs() + group * shape.groupOutputs()),
          shape.outputs(),
          pixel == begin ? 0 : 1,
          product,
          shape.outputs());
    }
  }
}
