package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Value;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The views of a tile's code as places in memory. */
final class Places {
  private static final long BYTES = DType.BYTES;
  private static final Map<Integer, MemorySegment> CONSTANTS = new HashMap<>();

  private final int[] dims;
  private final int rowAxes;
  private final Addresses addresses;

  Places(int[] dims, int rowAxes, Addresses addresses) {
    this.dims = dims;
    this.rowAxes = rowAxes;
    this.addresses = addresses;
  }

  private int[][] rowPart(View view) {
    return collapsed(view, 0, rowAxes);
  }

  private int[][] columnPart(View view, boolean byRow) {
    return byRow ? new int[][] {{1}, {0}} : collapsed(view, rowAxes, dims.length);
  }

  /** Dims and strides of some axes of a view, merged where they can be; at least one axis. */
  private static int[][] collapsed(View view, int from, int to) {
    int[] d = {1};
    int[] s = {0};
    for (int i = from; i < to; i++) {
      int extent = view.dims()[i];
      int stride = view.strides()[i];
      int last = d.length - 1;
      if (extent == 1) {
        continue;
      }
      if (d[last] == 1) {
        d[last] = extent;
        s[last] = stride;
      } else if (s[last] == stride * extent) {
        d[last] *= extent;
        s[last] = stride;
      } else {
        d = Arrays.copyOf(d, last + 2);
        s = Arrays.copyOf(s, last + 2);
        d[last + 1] = extent;
        s[last + 1] = stride;
      }
    }
    return new int[][] {d, s};
  }

  /** Whether a load can be read where it is. */
  boolean isEven(Instr.Load load) {
    int[][] rows = rowPart(load.view());
    int[][] columns = columnPart(load.view(), load.row());
    boolean evenRows = rows[0].length == 1;
    if (load.row()) {
      return evenRows && (rows[1][0] == 0 || rows[1][0] == 1);
    }
    return evenRows && columns[0].length == 1 && (columns[1][0] == 0 || columns[1][0] == 1);
  }

  /** Whether a value can be written where it is stored. */
  boolean isEven(Instr.Store store) {
    int[][] rows = rowPart(store.view());
    int[][] columns = columnPart(store.view(), store.row());
    return rows[0].length == 1
        && columns[0].length == 1
        && (store.row() ? rows[1][0] == 1 : columns[1][0] == 1);
  }

  /** Whether two views are of the same memory. */
  boolean sameStorage(View a, View b) {
    return addresses.of(a.buffer()) == addresses.of(b.buffer());
  }

  /** Where an even view lies. */
  Value at(View view, boolean byRow) {
    int rowStride = rowPart(view)[1][0];
    int columnStride = columnPart(view, byRow)[1][0];
    return new Value(
        byRow,
        false,
        addresses.of(view),
        rowStride * BYTES,
        columnStride * BYTES,
        rowStride,
        columnStride);
  }

  /** A view that is not even. */
  Panels panels(View view, boolean byRow) {
    int[][] rows = rowPart(view);
    int[][] columns = columnPart(view, byRow);
    return new Panels(addresses.of(view), rows[0], rows[1], columns[0], columns[1]);
  }

  /** The address of a number; the few that programs use stay for the life of the process. */
  static long constant(float number) {
    synchronized (CONSTANTS) {
      return CONSTANTS
          .computeIfAbsent(
              Float.floatToRawIntBits(number),
              bits -> {
                MemorySegment place = Arena.global().allocate(64, 64);
                place.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, bits);
                return place;
              })
          .address();
    }
  }
}
