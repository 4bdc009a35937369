package dev.assay.cpu.kernel;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;
import java.util.List;

/**
 * A convolution, or its adjoint in x, as a gather of pixels into rows and a matrix product with the
 * filter. A tile is a run of target pixels. Operands: source, filter, target, workspace.
 *
 * <p>The adjoint gathers from y. It wants the filter's channels and outputs exchanged, which a
 * first phase does, tap by tap.
 */
final class GatherKernel implements Kernel {
  private final Gemm gemm;
  private final ConvolutionShape shape;
  private final boolean adjoint;
  private final List<Columns> gathers;
  private final List<Split> runs;
  private final int tiles;
  private final int targetChannels;
  private final int targetDepth;

  private GatherKernel(Gemm gemm, ConvolutionShape shape, boolean adjoint, List<Columns> gathers) {
    this.gemm = gemm;
    this.shape = shape;
    this.adjoint = adjoint;
    this.gathers = gathers;
    targetChannels = adjoint ? shape.channels() : shape.outputs();
    targetDepth = adjoint ? shape.depth() : shape.groupOutputs();
    runs =
        gathers.stream()
            .map(gather ->
                new Split(
                    shape.batch() * gather.pixelsOfImage(),
                    Columns.pixelsOfTile(2.0 * gather.size() * targetChannels, gather.size())))
            .toList();
    tiles = runs.stream().mapToInt(Split::count).sum();
  }

  static Kernel forward(Gemm gemm, ConvolutionShape shape) {
    return new GatherKernel(gemm, shape, false, List.of(Gathers.forward(shape)));
  }

  static Kernel input(Gemm gemm, ConvolutionShape shape) {
    return new GatherKernel(gemm, shape, true, Gathers.adjoint(shape));
  }

  @Override
  public int phases() {
    return adjoint ? 2 : 1;
  }

  @Override
  public int tiles(int phase) {
    return exchanges(phase) ? shape.kernelHeight() * shape.kernelWidth() : tiles;
  }

  private boolean exchanges(int phase) {
    return adjoint && phase == 0;
  }

  @Override
  public long workspaceBytes() {
    return adjoint ? 4L * shape.filterSize() : 0;
  }

  @Override
  public long scratchBytes() {
    long floats = 0;
    for (int i = 0; i < gathers.size(); i++) {
      floats = Math.max(floats, (long) runs.get(i).size() * (gathers.get(i).size() + targetDepth));
    }
    return Memory.aligned(4 * floats);
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    int rest = tile;
    long weights = 0;
    for (int i = 0; i < gathers.size(); i++) {
      Columns gather = gathers.get(i);
      int here = exchanges(phase) ? gather.taps() : runs.get(i).count();
      if (rest < here) {
        if (exchanges(phase)) {
          exchange(gather, rest, operands[1], operands[3] + 4 * weights);
        } else {
          multiply(gather, runs.get(i), rest, weights, operands, scratch);
        }
        return;
      }
      rest -= here;
      weights += (long) gather.size() * targetChannels;
    }
  }

  private void multiply(
      Columns gather, Split run, int tile, long weights, long[] operands, long scratch) {
    int pixel = run.begin(tile);
    int count = run.end(tile) - pixel;
    int size = gather.size();
    boolean dense = gather.rows().stride() == 1 && gather.columns().stride() == 1;
    long product = scratch + 4L * count * size;
    for (int group = 0; group < shape.window().groups(); group++) {
      long source = operands[0] + 4L * group * gather.depth();
      gather.fill(source, pixel, count, 0, gather.rows().taps(), scratch);
      long target = operands[2] + 4L * group * targetDepth;
      gemm.multiply(
          false,
          false,
          count,
          targetDepth,
          size,
          1,
          scratch,
          size,
          adjoint
              ? operands[3] + 4 * (weights + (long) group * size * targetDepth)
              : operands[1] + 4L * group * targetDepth,
          adjoint ? targetDepth : targetChannels,
          0,
          dense ? target + 4L * pixel * targetChannels : product,
          dense ? targetChannels : targetDepth);
      if (!dense) {
        spread(gather, pixel, count, product, target);
      }
    }
  }

  /** Copies rows to pixels that do not lie one after another. */
  private void spread(Columns gather, int pixel, int count, long rows, long target) {
    Axis vertical = gather.rows();
    Axis horizontal = gather.columns();
    for (int i = 0; i < count; i++) {
      int number = pixel + i;
      int column = horizontal.position(number % horizontal.targets());
      int line = number / horizontal.targets();
      int row = vertical.position(line % vertical.targets());
      long image = line / vertical.targets();
      long at = (image * shape.height() + row) * shape.width() + column;
      Memory.copy(rows + 4L * i * targetDepth, target + 4 * at * targetChannels, 4L * targetDepth);
    }
  }

  /**
   * The filter at one tap, [channels of a group, outputs], to [group, tap, outputs of a group,
   * channels of a group].
   */
  private void exchange(Columns gather, int tap, long filter, long to) {
    int row = gather.rows().filterTap(tap / gather.columns().taps());
    int column = gather.columns().filterTap(tap % gather.columns().taps());
    int outputs = shape.outputs();
    int depth = shape.depth();
    long from = filter + 4L * (row * shape.kernelWidth() + column) * depth * outputs;
    for (int group = 0; group < shape.window().groups(); group++) {
      long out = to + 4L * (group * gather.taps() + tap) * shape.groupOutputs() * depth;
      long in = from + 4L * group * shape.groupOutputs();
      Rows.transpose(depth, shape.groupOutputs(), in, outputs, out);
    }
  }
}
