package dev.assay.cpu.lower;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.plan.Kernel;

/** Convolutions as matrix products with the patches of a few output rows at a time. */
final class ConvSteps {
  private static final long BYTES = DType.BYTES;

  /** Output pixels whose patches are unfolded at once, about. */
  private static final int PIXELS = 128;

  /** Parts into which the images are cut for the filter's adjoint. */
  private static final int PARTS = 16;

  private ConvSteps() {}

  static Step of(Kernel.Conv kernel, Gemm gemm, Addresses addresses) {
    long first = addresses.of(kernel.first());
    long second = addresses.of(kernel.second());
    long out = addresses.of(kernel.out());
    int[] a = kernel.first().dims();
    int[] b = kernel.second().dims();
    int[] c = kernel.out().dims();
    return switch (kernel.op()) {
      case Op.Conv2d(Op.Window window) ->
          new Forward(new Geometry(window, a, b, c), gemm, first, second, out);
      case Op.Conv2dInput(Op.Window window, int _, int _) ->
          new Input(new Geometry(window, c, b, a), gemm, first, second, out);
      case Op.Conv2dFilter(Op.Window window, int _, int _) ->
          new Filter(new Geometry(window, a, c, b), gemm, first, second, out);
      default -> throw new IllegalStateException("no convolution: " + kernel.op());
    };
  }

  /** Extents of x [n, h, w, c], filter [kh, kw, c / groups, o] and y [n, h', w', o]. */
  private static final class Geometry {
    final Op.Window window;
    final int images;
    final int height;
    final int width;
    final int channels;
    final int kernelHeight;
    final int kernelWidth;
    final int groupChannels;
    final int outHeight;
    final int outWidth;
    final int outChannels;
    final int groupOut;
    final int patch;
    final int blockRows;

    Geometry(Op.Window window, int[] x, int[] filter, int[] y) {
      this.window = window;
      images = x[0];
      height = x[1];
      width = x[2];
      channels = x[3];
      kernelHeight = filter[0];
      kernelWidth = filter[1];
      groupChannels = filter[2];
      outHeight = y[1];
      outWidth = y[2];
      outChannels = y[3];
      groupOut = outChannels / window.groups();
      patch = kernelHeight * kernelWidth * groupChannels;
      blockRows = Math.clamp(PIXELS / Math.max(1, outWidth), 1, Math.max(1, outHeight));
    }

    int blocks() {
      return (outHeight + blockRows - 1) / blockRows;
    }

    long patchBytes() {
      return (long) blockRows * outWidth * patch * BYTES;
    }

    long x(long base, int image, int row, int column) {
      return base + (((long) image * height + row) * width + column) * channels * BYTES;
    }

    long y(long base, int image, int row) {
      return base + ((long) image * outHeight + row) * outWidth * outChannels * BYTES;
    }

    /**
     * Copies the patches of some output rows to {@code patches} [rows · w', kh · kw · c / groups],
     * or, with {@code add}, adds them back to where they came from.
     */
    void unfold(
        long base, int image, int group, int firstRow, int rows, long patches, boolean add) {
      long at = patches;
      for (int r = firstRow; r < firstRow + rows; r++) {
        for (int c = 0; c < outWidth; c++) {
          for (int i = 0; i < kernelHeight; i++) {
            int row = r * window.strideHeight() - window.padTop() + i * window.dilationHeight();
            for (int j = 0; j < kernelWidth; j++) {
              int column = c * window.strideWidth() - window.padLeft() + j * window.dilationWidth();
              boolean inside = row >= 0 && row < height && column >= 0 && column < width;
              long x =
                  inside ? x(base, image, row, column) + (long) group * groupChannels * BYTES : 0;
              move(x, at, add);
              at += groupChannels * BYTES;
            }
          }
        }
      }
    }

    private void move(long x, long at, boolean add) {
      int n = groupChannels;
      if (add && x != 0) {
        Loops.binary(BinaryFn.ADD, 1, n, x, n, x, n, 1, at, n, 1);
      } else if (!add && x != 0) {
        Memory.copy(x, at, n * BYTES);
      } else if (!add) {
        Loops.fill(1, n, at, n, 0);
      }
    }
  }

  /** A tile is a block of output rows of one image. */
  private record Forward(Geometry shape, Gemm gemm, long x, long filter, long y) implements Step {
    @Override
    public int tiles(int phase) {
      return shape.images * shape.blocks();
    }

    @Override
    public long scratchBytes() {
      return shape.patchBytes();
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      int image = tile / shape.blocks();
      int row = tile % shape.blocks() * shape.blockRows;
      int rows = Math.min(shape.blockRows, shape.outHeight - row);
      for (int group = 0; group < shape.window.groups(); group++) {
        shape.unfold(x, image, group, row, rows, scratch, false);
        long columns = (long) group * shape.groupOut * BYTES;
        gemm.multiply(
            false,
            false,
            rows * shape.outWidth,
            shape.groupOut,
            shape.patch,
            1,
            scratch,
            shape.patch,
            filter + columns,
            shape.outChannels,
            0,
            shape.y(y, image, row) + columns,
            shape.outChannels);
      }
    }
  }

  /** A tile is one image: it alone adds to that image's pixels. */
  private record Input(Geometry shape, Gemm gemm, long y, long filter, long x) implements Step {
    @Override
    public int tiles(int phase) {
      return shape.images;
    }

    @Override
    public long scratchBytes() {
      return shape.patchBytes();
    }

    @Override
    public void run(int phase, int image, long scratch) {
      Memory.clear(
          shape.x(x, image, 0, 0), (long) shape.height * shape.width * shape.channels * BYTES);
      for (int row = 0; row < shape.outHeight; row += shape.blockRows) {
        int rows = Math.min(shape.blockRows, shape.outHeight - row);
        for (int group = 0; group < shape.window.groups(); group++) {
          long columns = (long) group * shape.groupOut * BYTES;
          gemm.multiply(
              false,
              true,
              rows * shape.outWidth,
              shape.patch,
              shape.groupOut,
              1,
              shape.y(y, image, row) + columns,
              shape.outChannels,
              filter + columns,
              shape.outChannels,
              0,
              scratch,
              shape.patch);
          shape.unfold(x, image, group, row, rows, scratch, true);
        }
      }
    }
  }

  /** First each part of the images gives a filter of its own, then they are added in order. */
  private static final class Filter implements Step {
    private final Geometry shape;
    private final Gemm gemm;
    private final long x;
    private final long y;
    private final long filter;
    private final int size;
    private final int perPart;
    private final int parts;
    private long partials;

    Filter(Geometry shape, Gemm gemm, long x, long y, long filter) {
      this.shape = shape;
      this.gemm = gemm;
      this.x = x;
      this.y = y;
      this.filter = filter;
      size = shape.patch * shape.outChannels;
      perPart = Math.max(1, (shape.images + PARTS - 1) / PARTS);
      parts = Math.max(1, (shape.images + perPart - 1) / perPart);
    }

    @Override
    public int phases() {
      return 2;
    }

    @Override
    public int tiles(int phase) {
      return phase == 0 ? parts : 1;
    }

    @Override
    public long scratchBytes() {
      return shape.patchBytes();
    }

    @Override
    public long workspaceBytes() {
      return (long) parts * size * BYTES;
    }

    @Override
    public void workspace(long address) {
      partials = address;
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      if (phase == 1) {
        Loops.reduceColumns(Op.ReduceFn.SUM, parts, size, filter, partials, size, 1, false);
        return;
      }
      long sum = partials + (long) tile * size * BYTES;
      Memory.clear(sum, size * BYTES);
      int last = Math.min(shape.images, (tile + 1) * perPart);
      for (int image = tile * perPart; image < last; image++) {
        for (int row = 0; row < shape.outHeight; row += shape.blockRows) {
          add(image, row, sum, scratch);
        }
      }
    }

    private void add(int image, int row, long sum, long scratch) {
      int rows = Math.min(shape.blockRows, shape.outHeight - row);
      for (int group = 0; group < shape.window.groups(); group++) {
        shape.unfold(x, image, group, row, rows, scratch, false);
        long columns = (long) group * shape.groupOut * BYTES;
        gemm.multiply(
            true,
            false,
            shape.patch,
            shape.groupOut,
            rows * shape.outWidth,
            1,
            scratch,
            shape.patch,
            shape.y(y, image, row) + columns,
            shape.outChannels,
            1,
            sum + columns,
            shape.outChannels);
      }
    }
  }
}
