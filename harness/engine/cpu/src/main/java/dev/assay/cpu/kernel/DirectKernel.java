package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.BlockKernel.Field;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.cpu.x86.PanelKernel;
import dev.assay.cpu.x86.PanelKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution, or its adjoint in x, whose sums over taps and channels stay in registers: a row of
 * target pixels is a sum of products, one for each tap, of source pixels where they lie with the
 * filter at that tap. Operands: source, filter, target, workspace. Georganas and others 2020,
 * Harnessing deep learning via a single building block.
 *
 * <p>A first phase copies the filter into panels of 32 target channels. A tile of the second is a
 * run of rows of target pixels of one image; where taps reach beyond the image, it copies the rows
 * that it reads, with zeros around them.
 */
final class DirectKernel implements Kernel {
  /** Tiles to aim at: larger ones copy fewer rows twice. */
  private static final double TILES = 72;

  /** Least work of a tile, in floating-point operations: some 20 µs. */
  private static final double LEAST_WORK = 4e6;

  /** Bytes of copied rows to stay below, for the second-level cache. */
  private static final long MOST_BYTES = 768 << 10;

  /** Fewest target channels for which most lanes of a vector are of use. */
  private static final int LEAST_CHANNELS = 8;

  private static final int PANEL = PanelKernels.COLUMNS;

  private final BlockKernels blocks;
  private final ConvolutionShape shape;
  private final boolean adjoint;
  private final Padded padded;
  private final List<Part> parts = new ArrayList<>();
  private final int sourceChannels;
  private final int targetChannels;
  private final int panels;
  private final Pairs pairs;
  private final long filterBytes;
  private final int tiles;

  /**
   * One gather, whose targets share their taps.
   *
   * @param firstPair number of its first tap among all pairs
   * @param rows its rows of an image, cut into runs
   * @param panels bytes before its panels
   */
  private record Part(Columns gather, int firstPair, Split rows, long panels) {
    /** Rows that {@code count} rows of targets read. */
    int sources(int count) {
      Axis axis = gather.rows();
      return (count - 1) * axis.scale() + (axis.taps() - 1) * axis.step() + 1;
    }
  }

  private DirectKernel(
      BlockKernels blocks, ConvolutionShape shape, boolean adjoint, List<Columns> gathers) {
    this.blocks = blocks;
    this.shape = shape;
    this.adjoint = adjoint;
    padded = Padded.of(gathers, shape.batch());
    sourceChannels = adjoint ? shape.outputs() : shape.channels();
    targetChannels = adjoint ? shape.channels() : shape.outputs();
    panels = Math.ceilDiv(targetChannels, PANEL);
    int taps = gathers.stream().mapToInt(Columns::taps).sum();
    pairs = new Pairs(taps);
    int pair = 0;
    long bytes = 0;
    for (Columns gather : gathers) {
      Split rows = new Split(gather.rows().targets(), run(gather));
      parts.add(new Part(gather, pair, rows, bytes));
      for (int tap = 0; tap < gather.taps(); tap++) {
        long down = tap / gather.columns().taps() * gather.rows().step() * padded.rowBytes();
        long across =
            4L * (tap % gather.columns().taps()) * gather.columns().step() * sourceChannels;
        pairs.set(pair++, down + across, tap * tapBytes());
      }
      bytes += panels * panelBytes(gather);
    }
    filterBytes = bytes;
    tiles = shape.batch() * parts.stream().mapToInt(part -> part.rows.count()).sum();
  }

  /** Rows of targets in a tile. */
  private int run(Columns gather) {
    double work = 2.0 * gather.columns().targets() * gather.size() * targetChannels;
    double even = gather.rows().targets() * (double) shape.batch() / TILES;
    double wanted = Math.max(even, LEAST_WORK / Math.max(1, work));
    double most = MOST_BYTES / (double) (padded.rowBytes() * gather.rows().scale());
    return (int) Math.clamp(Math.rint(Math.min(wanted, most)), 1, gather.rows().targets());
  }

  /** Whether this is the way for a shape: all channels in one group, and every target has taps. */
  private static boolean suits(ConvolutionShape shape, int targetChannels, List<Columns> gathers) {
    return shape.window().groups() == 1
        && targetChannels >= LEAST_CHANNELS
        && shape.batch() > 0
        && gathers.stream().allMatch(gather -> gather.taps() > 0 && gather.pixelsOfImage() > 0);
  }

  static boolean suitsForward(ConvolutionShape shape) {
    return suits(shape, shape.outputs(), List.of(Gathers.forward(shape)));
  }

  static Kernel forward(BlockKernels blocks, ConvolutionShape shape) {
    return new DirectKernel(blocks, shape, false, List.of(Gathers.forward(shape)));
  }

  static boolean suitsInput(ConvolutionShape shape) {
    return suits(shape, shape.channels(), Gathers.adjoint(shape));
  }

  static Kernel input(BlockKernels blocks, ConvolutionShape shape) {
    return new DirectKernel(blocks, shape, true, Gathers.adjoint(shape));
  }

  /** Bytes of a tap in a panel. */
  private long tapBytes() {
    return PanelKernels.panelBytes(sourceChannels);
  }

  private long panelBytes(Columns gather) {
    return gather.taps() * tapBytes();
  }

  @Override
  public int phases() {
    return 2;
  }

  @Override
  public int tiles(int phase) {
    return phase == 0 ? pairs.count() : tiles;
  }

  @Override
  public long workspaceBytes() {
    return filterBytes;
  }

  @Override
  public long scratchBytes() {
    long most = 0;
    if (padded.copies()) {
      for (Part part : parts) {
        most = Math.max(most, part.sources(part.rows.size()) * padded.rowBytes());
      }
    }
    return Blocks.BYTES + Memory.aligned(most);
  }

  @Override
  public void run(int phase, int tile, long[] operands, long scratch) {
    if (phase == 0) {
      pack(tile, operands[1], operands[3], scratch);
      return;
    }
    int rest = tile;
    for (int i = 0; i < parts.size(); i++) { // an iterator would be a heap object
      Part part = parts.get(i);
      int count = shape.batch() * part.rows.count();
      if (rest < count) {
        rows(part, rest / part.rows.count(), rest % part.rows.count(), operands, scratch);
        return;
      }
      rest -= count;
    }
  }

  /** Copies the filter at one tap into its place in every panel. */
  private void pack(int pair, long filter, long to, long argument) {
    Part part = part(pair);
    Columns gather = part.gather;
    int tap = pair - part.firstPair;
    int row = gather.rows().filterTap(tap / gather.columns().taps());
    int column = gather.columns().filterTap(tap % gather.columns().taps());
    long from =
        filter + 4L * (row * shape.kernelWidth() + column) * shape.channels() * shape.outputs();
    long place = to + part.panels + tap * tapBytes();
    for (int panel = 0; panel < panels; panel++) {
      int channels = Math.min(PANEL, targetChannels - panel * PANEL);
      long target = place + panel * panelBytes(gather);
      if (adjoint) {
        long rows = from + 4L * panel * PANEL * shape.outputs();
        blocks.panels().turn(channels, sourceChannels, rows, shape.outputs(), target, argument);
      } else {
        long columns = from + 4L * panel * PANEL;
        blocks
            .panels()
            .copyBlock(channels, sourceChannels, columns, shape.outputs(), target, argument);
      }
    }
  }

  private Part part(int pair) {
    for (int i = parts.size() - 1; i > 0; i--) {
      if (parts.get(i).firstPair <= pair) {
        return parts.get(i);
      }
    }
    return parts.getFirst();
  }

  private void rows(Part part, int image, int run, long[] operands, long scratch) {
    Columns gather = part.gather;
    Blocks.prepare(scratch);
    Field.K.set(scratch, sourceChannels);
    Field.A_ROW.set(scratch, 4L * gather.columns().scale() * sourceChannels);
    Field.A_COLUMN.set(scratch, Float.BYTES);
    Field.B_ROW.set(scratch, PanelKernel.ROW_BYTES);
    Field.C_ROW.set(scratch, 4L * gather.columns().stride() * targetChannels);
    Field.PAIRS.set(scratch, gather.taps());
    Field.OFFSETS.set(scratch, pairs.address(part.firstPair));
    Field.ADDS.set(scratch, 0);
    int begin = part.rows.begin(run);
    int end = part.rows.end(run);
    long source = source(part, image, begin, end, operands[0], scratch);
    long step = gather.rows().scale() * padded.rowBytes();
    long filter = operands[3] + part.panels;
    for (int panel = 0; panel < panels; panel++) {
      int channels = Math.min(PANEL, targetChannels - panel * PANEL);
      long target = operands[2] + 4L * panel * PANEL;
      Field.B.set(scratch, filter + panel * panelBytes(gather));
      for (int row = begin; row < end; row++) {
        Field.A.set(scratch, source + (row - begin) * step);
        Field.C.set(scratch, target + targetOffset(gather, image, row));
        blocks.run(scratch, gather.columns().targets(), channels);
      }
    }
  }

  /** Where the first row's first target finds the source of its first tap. */
  private long source(Part part, int image, int begin, int end, long from, long scratch) {
    if (!padded.copies()) {
      return from + padded.offset(part.gather, image, begin);
    }
    long rows = scratch + Blocks.BYTES;
    int first = part.gather.rows().source(begin);
    padded.copyRows(image, first, part.sources(end - begin), from, rows);
    return rows + padded.offset(part.gather);
  }

  private long targetOffset(Columns gather, int image, int line) {
    int height = adjoint ? shape.height() : shape.outHeight();
    int width = adjoint ? shape.width() : shape.outWidth();
    long row = (long) image * height + gather.rows().position(line);
    return 4 * (row * width + gather.columns().position(0)) * targetChannels;
  }
}
