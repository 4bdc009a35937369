package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;

import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;

/**
 * Adjoint in the filter of a convolution in which each channel stands alone. A tile is a share of
 * the pixels of y; a second phase adds the shares in order. Operands: x, y, filter, workspace.
 */
final class DepthwiseFilterKernel implements Kernel {
  private static final double TILE_WORK = 5e5;
  private static final int MOST_TILES = 32;

  private final ConvolutionShape shape;
  private final Columns gather;
  private final Split shares;
  private final Partials partials;

  DepthwiseFilterKernel(ConvolutionShape shape) {
    this.shape = shape;
    gather = Gathers.forward(shape);
    int pixels = shape.batch() * gather.pixelsOfImage();
    double tiles = 2.0 * shape.filterSize() * pixels / TILE_WORK;
    shares = Split.into((int) Math.clamp(tiles, 1, MOST_TILES), pixels, 1);
    partials = new Partials(shares.count(), shape.filterSize());
  }

  @Override
  public int phases() {
    return partials.phases();
  }

  @Override
  public int tiles(int phase) {
    return phase == 0 ? shares.count() : partials.tiles();
  }

  @Override
  public long workspaceBytes() {
    return partials.workspaceBytes();
  }

  @Override
  public long scratchBytes() {
    return 0;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    if (phase == 1) {
      partials.sum(tile, operands[3], operands[2]);
      return;
    }
    long part = partials.part(tile, operands[3], operands[2]);
    Memory.clear(part, 4L * shape.filterSize());
    for (int pixel = shares.begin(tile); pixel < shares.end(tile); pixel++) {
      pixel(pixel, operands[0], operands[1] + 4L * pixel * shape.channels(), part);
    }
  }

  private void pixel(int pixel, long x, long y, long filter) {
    Axis rows = gather.rows();
    Axis columns = gather.columns();
    int left = columns.source(pixel % columns.targets());
    int line = pixel / columns.targets();
    int top = rows.source(line % rows.targets());
    int image = line / rows.targets();
    long pixelBytes = 4L * shape.channels();
    for (int u = rows.firstInside(top); u < rows.endInside(top); u++) {
      long row = ((long) image * rows.sources() + top + u * rows.step()) * columns.sources();
      for (int v = columns.firstInside(left); v < columns.endInside(left); v++) {
        long source = row + left + v * columns.step();
        int tap = u * shape.kernelWidth() + v;
        addProducts(x + source * pixelBytes, y, filter + tap * pixelBytes);
      }
    }
  }

  private void addProducts(long x, long y, long sums) {
    int channel = 0;
    for (; channel + LANES <= shape.channels(); channel += LANES) {
      long at = 4L * channel;
      FloatVector sum = load(x + at).fma(load(y + at), load(sums + at));
      Memory.store(sum, sums + at);
    }
    for (; channel < shape.channels(); channel++) {
      long at = 4L * channel;
      Memory.setFloat(sums + at, Math.fma(getFloat(x + at), getFloat(y + at), getFloat(sums + at)));
    }
  }
}
