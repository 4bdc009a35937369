package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;

import dev.assay.cpu.memory.Memory;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * A convolution in which each channel stands alone, or its adjoint in x. A lane is a channel; a
 * tile is a run of target pixels. Operands: source, filter, target.
 */
final class DepthwiseKernel implements Kernel {
  private static final double TILE_WORK = 5e5;

  private final ConvolutionShape shape;
  private final List<Columns> gathers;
  private final List<Split> runs;
  private final int tiles;
  private final int targetHeight;
  private final int targetWidth;

  private DepthwiseKernel(
      ConvolutionShape shape, List<Columns> gathers, int targetHeight, int targetWidth) {
    this.shape = shape;
    this.gathers = gathers;
    this.targetHeight = targetHeight;
    this.targetWidth = targetWidth;
    double work = 2.0 * shape.filterSize();
    int pixels = (int) Math.clamp(TILE_WORK / Math.max(1, work), 8, 4096);
    runs =
        gathers.stream()
            .map(gather -> new Split(shape.batch() * gather.pixelsOfImage(), pixels))
            .toList();
    tiles = runs.stream().mapToInt(Split::count).sum();
  }

  static Kernel forward(ConvolutionShape shape) {
    return new DepthwiseKernel(
        shape, List.of(Gathers.forward(shape)), shape.outHeight(), shape.outWidth());
  }

  static Kernel input(ConvolutionShape shape) {
    return new DepthwiseKernel(shape, Gathers.adjoint(shape), shape.height(), shape.width());
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int tiles(int phase) {
    return tiles;
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  @Override
  public long scratchBytes() {
    return 0;
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    int rest = tile;
    for (int i = 0; i < gathers.size(); i++) {
      Split run = runs.get(i);
      if (rest < run.count()) {
        for (int pixel = run.begin(rest); pixel < run.end(rest); pixel++) {
          pixel(gathers.get(i), pixel, operands);
        }
        return;
      }
      rest -= run.count();
    }
  }

  private void pixel(Columns gather, int pixel, long[] operands) {
    Axis rows = gather.rows();
    Axis columns = gather.columns();
    int column = pixel % columns.targets();
    int line = pixel / columns.targets();
    int row = line % rows.targets();
    int image = line / rows.targets();
    int top = rows.source(row);
    int left = columns.source(column);
    int firstRow = rows.firstInside(top);
    int firstColumn = columns.firstInside(left);
    int taps = Math.max(0, rows.endInside(top) - firstRow);
    int tapsOfRow = Math.max(0, columns.endInside(left) - firstColumn);
    long at = (long) image * rows.sources() + top + firstRow * rows.step();
    long source = at * columns.sources() + left + firstColumn * columns.step();
    int kernelWidth = shape.kernelWidth();
    long filter = (long) rows.filterTap(firstRow) * kernelWidth + columns.filterTap(firstColumn);
    long target = ((long) image * targetHeight + rows.position(row)) * targetWidth;
    long pixelBytes = 4L * shape.channels();
    combine(
        taps,
        tapsOfRow,
        operands[0] + source * pixelBytes,
        rows.step() * columns.sources() * pixelBytes,
        columns.step() * pixelBytes,
        operands[1] + filter * pixelBytes,
        rows.tapStep() * kernelWidth * pixelBytes,
        columns.tapStep() * pixelBytes,
        operands[2] + (target + columns.position(column)) * pixelBytes);
  }

  /** target = Σ source · filter over taps that lie the given bytes apart. */
  private void combine(
      int rows,
      int columns,
      long source,
      long sourceRow,
      long sourceColumn,
      long filter,
      long filterRow,
      long filterColumn,
      long target) {
    int channel = 0;
    for (; channel + LANES <= shape.channels(); channel += LANES) {
      FloatVector sum = FloatVector.zero(Memory.FLOATS);
      for (int u = 0; u < rows; u++) {
        long x = source + u * sourceRow + 4L * channel;
        long f = filter + u * filterRow + 4L * channel;
        for (int v = 0; v < columns; v++) {
          sum = load(x + v * sourceColumn).fma(load(f + v * filterColumn), sum);
        }
      }
      Memory.store(sum, target + 4L * channel);
    }
    for (; channel < shape.channels(); channel++) {
      float sum = 0;
      for (int u = 0; u < rows; u++) {
        long x = source + u * sourceRow + 4L * channel;
        long f = filter + u * filterRow + 4L * channel;
        for (int v = 0; v < columns; v++) {
          sum = Math.fma(getFloat(x + v * sourceColumn), getFloat(f + v * filterColumn), sum);
        }
      }
      Memory.setFloat(target + 4L * channel, sum);
    }
  }
}
