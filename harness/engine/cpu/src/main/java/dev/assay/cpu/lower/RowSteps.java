package dev.assay.cpu.lower;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;

/** Kernels that move, pick or draw rows. */
final class RowSteps {
  private static final long BYTES = DType.BYTES;

  /** Elements that a tile moves, about. */
  private static final int TILE = 16 * 1024;

  private RowSteps() {}

  /** Work on rows 0 … rows − 1 that can be done in any order. */
  abstract static class Rows implements Step {
    final int rows;
    final int width;
    private final int tileRows;

    Rows(int rows, int width) {
      this.rows = rows;
      this.width = width;
      tileRows = Math.max(1, TILE / Math.max(1, width));
    }

    @Override
    public final int tiles(int phase) {
      return Math.max(1, (rows + tileRows - 1) / tileRows);
    }

    @Override
    public final void run(int phase, int tile, long scratch) {
      rows(tile * tileRows, Math.min(rows, (tile + 1) * tileRows), scratch);
    }

    abstract void rows(int from, int to, long scratch);
  }

  static final class GatherStep extends Rows {
    private final long table;
    private final int tableRows;
    private final long tableStride;
    private final long indices;
    private final long out;

    GatherStep(Kernel.Gather kernel, Addresses addresses) {
      super(kernel.out().dims()[0], kernel.out().dims()[1]);
      table = addresses.of(kernel.table());
      tableRows = kernel.table().dims()[0];
      tableStride = kernel.table().strides()[0] * BYTES;
      indices = addresses.of(kernel.indices());
      out = addresses.of(kernel.out());
    }

    @Override
    void rows(int from, int to, long scratch) {
      long bytes = width * BYTES;
      for (int r = from; r < to; r++) {
        int index = Memory.getInt(indices + r * BYTES);
        if (index >= 0 && index < tableRows) {
          Loops.copy(1, width, out + r * bytes, width, table + index * tableStride, width, 1);
        } else {
          Loops.fill(1, width, out + r * bytes, width, 0);
        }
      }
    }
  }

  /**
   * Tiles are blocks of columns: each sums its columns of all values in the order of the indices.
   */
  static final class ScatterAddStep implements Step {
    private static final int COLUMNS = 64;

    private final int n;
    private final int rows;
    private final int width;
    private final long indices;
    private final long values;
    private final long out;

    ScatterAddStep(Kernel.ScatterAdd kernel, Addresses addresses) {
      n = kernel.values().dims()[0];
      rows = kernel.out().dims()[0];
      width = kernel.out().dims()[1];
      indices = addresses.of(kernel.indices());
      values = addresses.of(kernel.values());
      out = addresses.of(kernel.out());
    }

    @Override
    public int tiles(int phase) {
      return (width + COLUMNS - 1) / COLUMNS;
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      int column = tile * COLUMNS;
      int columns = Math.min(COLUMNS, width - column);
      long bytes = width * BYTES;
      Loops.fill(rows, columns, out + column * BYTES, width, 0);
      for (int i = 0; i < n; i++) {
        int row = Memory.getInt(indices + i * BYTES);
        if (row >= 0 && row < rows) {
          long to = out + row * bytes + column * BYTES;
          Loops.binary(
              Op.BinaryFn.ADD,
              1,
              columns,
              to,
              columns,
              to,
              columns,
              1,
              values + i * bytes + column * BYTES,
              columns,
              1);
        }
      }
    }
  }

  /** First all rows of x, then those put in their place, in one tile for each block of columns. */
  static final class PutRowsStep implements Step {
    private final Kernel.PutRows kernel;
    private final int rows;
    private final int width;
    private final long x;
    private final long indices;
    private final long values;
    private final long out;

    PutRowsStep(Kernel.PutRows kernel, Addresses addresses) {
      this.kernel = kernel;
      rows = kernel.out().dims()[0];
      width = kernel.out().dims()[1];
      x = addresses.of(kernel.x());
      indices = addresses.of(kernel.indices());
      values = addresses.of(kernel.values());
      out = addresses.of(kernel.out());
    }

    @Override
    public int tiles(int phase) {
      return 1;
    }

    @Override
    public void run(int phase, int tile, long scratch) {
      long bytes = width * BYTES;
      if (x != out) {
        Memory.copy(x, out, rows * bytes);
      }
      for (int i = 0; i < kernel.indices().size(); i++) {
        int row = Memory.getInt(indices + i * BYTES);
        if (row >= 0 && row < rows) {
          Loops.copy(1, width, out + row * bytes, width, values + i * bytes, width, 1);
        }
      }
    }
  }

  static final class ArgMaxStep extends Rows {
    private final long x;
    private final long out;

    ArgMaxStep(Kernel.ArgMax kernel, Addresses addresses) {
      super(kernel.x().dims()[0], kernel.x().dims()[1]);
      x = addresses.of(kernel.x());
      out = addresses.of(kernel.out());
    }

    @Override
    void rows(int from, int to, long scratch) {
      Loops.argMaxRows(to - from, width, out + from * BYTES, x + from * width * BYTES, width);
    }
  }

  /** Rows are streams, or, of a tensor under one key, pieces of the stream. */
  static final class RandomStep extends Rows {
    private static final int PIECE = 4096;

    private final Op.Random op;
    private final long key;
    private final boolean single;
    private final int size;
    private final long out;

    RandomStep(Kernel.Random kernel, Addresses addresses) {
      super(rows(kernel), width(kernel));
      op = kernel.op();
      key = addresses.of(kernel.key());
      single = isSingle(kernel);
      size = kernel.out().size();
      out = addresses.of(kernel.out());
      Loops.prepareRandom();
    }

    private static boolean isSingle(Kernel.Random kernel) {
      return kernel.key().dims().length == 1;
    }

    private static int rows(Kernel.Random kernel) {
      return isSingle(kernel) ? Math.ceilDiv(kernel.out().size(), PIECE) : kernel.key().dims()[0];
    }

    private static int width(Kernel.Random kernel) {
      return isSingle(kernel) ? PIECE : kernel.out().size() / Math.max(1, rows(kernel));
    }

    @Override
    void rows(int from, int to, long scratch) {
      for (int r = from; r < to; r++) {
        long at = single ? key : key + r * 2 * BYTES;
        long word = (Memory.getInt(at) & 0xFFFFFFFFL) | ((long) Memory.getInt(at + BYTES) << 32);
        long stream = RandomStream.derive(word, op.path());
        int begin = r * width;
        int count = Math.min(width, size - begin);
        long first = single ? begin : 0;
        switch (op.distribution()) {
          case UNIFORM -> Loops.uniform(out + begin * BYTES, stream, first, count);
          case NORMAL -> Loops.normal(out + begin * BYTES, stream, first, count);
        }
      }
    }
  }

  /** Tiles are runs of lines along the last axis. */
  static final class PadStep extends Rows {
    private final int[] before;
    private final int[] inner;
    private final int[] dims;
    private final int[] strides;
    private final float value;
    private final long x;
    private final long out;

    PadStep(Kernel.Pad kernel, Addresses addresses) {
      super(
          kernel.out().size() / Math.max(1, kernel.out().dims()[kernel.out().dims().length - 1]),
          kernel.out().dims()[kernel.out().dims().length - 1]);
      View view = kernel.x();
      before = kernel.op().before().stream().mapToInt(Integer::intValue).toArray();
      inner = view.dims();
      dims = kernel.out().dims();
      strides = view.strides();
      value =
          kernel.dtype() == DType.I32
              ? Float.intBitsToFloat((int) kernel.op().value())
              : kernel.op().value();
      x = addresses.of(view);
      out = addresses.of(kernel.out());
    }

    @Override
    void rows(int from, int to, long scratch) {
      int last = dims.length - 1;
      for (int r = from; r < to; r++) {
        long line = out + (long) r * width * BYTES;
        long source = x;
        boolean inside = inner[last] > 0;
        int rest = r;
        for (int axis = last - 1; axis >= 0; axis--) {
          int i = rest % dims[axis] - before[axis];
          rest /= dims[axis];
          inside &= i >= 0 && i < inner[axis];
          source += (long) i * strides[axis] * BYTES;
        }
        if (!inside) {
          Loops.fill(1, width, line, width, value);
          continue;
        }
        int end = before[last] + inner[last];
        fill(line, before[last]);
        Loops.copyStrided(
            1, inner[last], line + before[last] * BYTES, width, source, 0, strides[last]);
        fill(line + end * BYTES, width - end);
      }
    }

    private void fill(long address, int count) {
      if (count > 0) {
        Loops.fill(1, count, address, count, value);
      }
    }
  }
}
