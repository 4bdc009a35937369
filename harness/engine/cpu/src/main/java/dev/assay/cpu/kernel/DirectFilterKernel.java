package dev.assay.cpu.kernel;

import dev.assay.cpu.x86.BlockKernel.Field;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.cpu.x86.PanelKernels;
import java.util.List;

/**
 * Adjoint of a convolution in the filter, whose sums over pixels stay in registers: at each tap, a
 * sum over rows of y of products, of source pixels where they lie, transposed, with the row.
 * Operands: x, y, filter, workspace.
 *
 * <p>A first phase puts zeros around the images, if taps reach beyond them. A tile of the next is a
 * row of taps over a share of the rows of y, in runs that stay in the cache; a last phase adds the
 * shares in order.
 */
final class DirectFilterKernel implements Kernel {
  /** Tiles to aim at. */
  private static final int TILES = 32;

  /** Floats of all shares together to stay below. */
  private static final long MOST_FLOATS = 8 << 20;

  /** Bytes of x and y in a run. */
  private static final long RUN_BYTES = 64 << 10;

  /** Channels of x from which on a block has rows enough to be narrow. */
  private static final int FEW_CHANNELS = 6;

  private final BlockKernels blocks;
  private final ConvolutionShape shape;
  private final Columns gather;
  private final Padded padded;
  private final Pairs pairs;
  private final Split shares;
  private final int run;
  private final int width;
  private final Partials partials;

  DirectFilterKernel(BlockKernels blocks, ConvolutionShape shape) {
    this.blocks = blocks;
    this.shape = shape;
    gather = Gathers.forward(shape);
    padded = Padded.of(List.of(gather), shape.batch());
    int rows = shape.batch() * shape.outHeight();
    long bytesOfRow =
        4L * shape.outWidth() * (gather.columns().scale() * shape.channels() + shape.outputs());
    run = (int) Math.max(1, RUN_BYTES / bytesOfRow);
    long most = Math.max(1, MOST_FLOATS / Math.max(1, shape.filterSize()));
    int wanted = Math.ceilDiv(TILES, shape.kernelHeight());
    shares = Split.into((int) Math.min(wanted, most), rows, 1);
    partials = new Partials(shares.count(), shape.filterSize());
    width = (shape.channels() <= FEW_CHANNELS ? 2 : 1) * PanelKernels.COLUMNS;
    pairs = new Pairs(rows);
    for (int row = 0; row < rows; row++) {
      int image = row / shape.outHeight();
      long y = 4L * row * shape.outWidth() * shape.outputs();
      pairs.set(row, padded.offset(gather, image, row % shape.outHeight()), y);
    }
  }

  /** Whether this is the way for a shape. */
  static boolean suits(ConvolutionShape shape) {
    return DirectKernel.suitsForward(shape);
  }

  @Override
  public int phases() {
    return (padded.copies() ? 1 : 0) + partials.phases();
  }

  private boolean copies(int phase) {
    return padded.copies() && phase == 0;
  }

  private boolean sums(int phase) {
    return partials.phases() == 2 && phase == phases() - 1;
  }

  @Override
  public int tiles(int phase) {
    if (copies(phase)) {
      return padded.tiles();
    }
    return sums(phase) ? partials.tiles() : shares.count() * shape.kernelHeight();
  }

  @Override
  public long workspaceBytes() {
    return padded.bytes() + partials.workspaceBytes();
  }

  @Override
  public long scratchBytes() {
    return Blocks.BYTES;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    long parts = operands[3] + padded.bytes();
    if (copies(phase)) {
      padded.copy(tile, operands[0], operands[3]);
    } else if (sums(phase)) {
      partials.sum(tile, parts, operands[2]);
    } else {
      int share = tile / shape.kernelHeight();
      long part = partials.part(share, parts, operands[2]);
      multiply(share, tile % shape.kernelHeight(), operands, part, scratch);
    }
  }

  private void multiply(int share, int tap, long[] operands, long part, long scratch) {
    Blocks.prepare(scratch);
    Field.K.set(scratch, shape.outWidth());
    Field.A_ROW.set(scratch, Float.BYTES);
    Field.A_COLUMN.set(scratch, 4L * gather.columns().scale() * shape.channels());
    Field.B_ROW.set(scratch, 4L * shape.outputs());
    Field.C_ROW.set(scratch, 4L * shape.outputs());
    long x = padded.copies() ? operands[3] : operands[0];
    long row = x + tap * gather.rows().step() * padded.rowBytes();
    for (int begin = shares.begin(share); begin < shares.end(share); begin += run) {
      Field.PAIRS.set(scratch, Math.min(run, shares.end(share) - begin));
      Field.OFFSETS.set(scratch, pairs.address(begin));
      Field.ADDS.set(scratch, begin == shares.begin(share) ? 0 : 1);
      for (int u = 0; u < shape.kernelWidth(); u++) {
        long pixel = row + 4L * u * gather.columns().step() * shape.channels();
        long filter =
            part + 4L * (tap * shape.kernelWidth() + u) * shape.channels() * shape.outputs();
        columns(pixel, operands[1], filter, scratch);
      }
    }
  }

  private void columns(long x, long y, long filter, long scratch) {
    for (int column = 0; column < shape.outputs(); column += width) {
      Field.A.set(scratch, x);
      Field.B.set(scratch, y + 4L * column);
      Field.C.set(scratch, filter + 4L * column);
      blocks.run(scratch, shape.channels(), Math.min(width, shape.outputs() - column));
    }
  }
}
