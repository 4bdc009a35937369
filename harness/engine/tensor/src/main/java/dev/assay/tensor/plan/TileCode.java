package dev.assay.tensor.plan;

import dev.assay.tensor.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the instructions of one tile, and the coarsest index space that all its views can be
 * expressed over.
 */
final class TileCode {
  private final List<Kernel.Instr> code = new ArrayList<>();
  private final Map<View, Integer> loads = new HashMap<>();
  private final Map<View, Integer> rowLoads = new HashMap<>();
  private final Map<Integer, Integer> constants = new HashMap<>();
  private final boolean reducing;
  private int[] rows;
  private int[] columns;
  private int next;

  /**
   * @param size elements of the index space
   * @param row elements of a row that must stay whole, or 0 if there are no rows
   */
  TileCode(int size, int row) {
    reducing = row > 0;
    rows = reducing ? new int[] {size / row} : new int[0];
    columns = new int[] {reducing ? row : size};
  }

  /** Whether a view can be read as it is; if so, the index space is refined to fit it. */
  boolean admits(View view, boolean row) {
    int[] dims = Strides.collapse(view.dims(), view.strides())[0];
    if (row) {
      int[] refined = Strides.refine(rows, dims);
      rows = refined == null ? rows : refined;
      return refined != null;
    }
    return admits(dims);
  }

  /** Refines the index space so that it has boundaries where {@code dims} has them, if it can. */
  boolean admits(int[] dims) {
    int[] refined = Strides.refine(dims(), dims);
    if (refined == null) {
      return false;
    }
    int width = Strides.size(columns);
    int split = refined.length;
    for (int inner = 1; split > 0 && inner < width; split--) {
      inner *= refined[split - 1];
    }
    rows = java.util.Arrays.copyOf(refined, split);
    columns = java.util.Arrays.copyOfRange(refined, split, refined.length);
    return true;
  }

  int load(View view, boolean row) {
    if (!admits(view, row)) {
      throw new IllegalStateException("view " + view + " does not fit a tile");
    }
    Map<View, Integer> known = row ? rowLoads : loads;
    Integer value = known.get(view);
    if (value == null) {
      value = next++;
      known.put(view, value);
      code.add(new Kernel.Instr.Load(value, row, view));
    }
    return value;
  }

  int constant(float number) {
    Integer value = constants.get(Float.floatToRawIntBits(number));
    if (value == null) {
      value = next++;
      constants.put(Float.floatToRawIntBits(number), value);
      code.add(new Kernel.Instr.Const(value, number));
    }
    return value;
  }

  int apply(Op op, boolean row, List<Integer> args) {
    code.add(new Kernel.Instr.Apply(next, row, op, List.copyOf(args)));
    return next++;
  }

  int reduce(Op.ReduceFn fn, int arg) {
    code.add(new Kernel.Instr.Reduce(next, fn, arg));
    return next++;
  }

  void store(int value, boolean row, View view) {
    if (!admits(view, row)) {
      throw new IllegalStateException("view " + view + " does not fit a tile");
    }
    code.add(new Kernel.Instr.Store(value, row, view));
  }

  /** Extents of the index space. */
  int[] dims() {
    int[] dims = java.util.Arrays.copyOf(rows, rows.length + columns.length);
    System.arraycopy(columns, 0, dims, rows.length, columns.length);
    return dims;
  }

  /** The instructions, their views over the final index space. */
  List<Kernel.Instr> instructions() {
    return code.stream().map(this::spread).toList();
  }

  Kernel.Tile tile() {
    int[] dims = dims();
    int rowAxes = reducing ? rows.length : Math.max(0, dims.length - 1);
    return new Kernel.Tile(dims, rowAxes, reducing, instructions());
  }

  private Kernel.Instr spread(Kernel.Instr instr) {
    return switch (instr) {
      case Kernel.Instr.Load(int dst, boolean row, View view) ->
          new Kernel.Instr.Load(dst, row, spread(view, row));
      case Kernel.Instr.Store(int src, boolean row, View view) ->
          new Kernel.Instr.Store(src, row, spread(view, row));
      case Kernel.Instr.Const _, Kernel.Instr.Apply _, Kernel.Instr.Reduce _ -> instr;
    };
  }

  private View spread(View view, boolean row) {
    int[] dims = row ? rows : dims();
    int[] strides = Strides.reshape(view.dims(), view.strides(), dims);
    if (strides == null) {
      throw new IllegalStateException("view " + view + " does not spread over its tile");
    }
    return new View(view.buffer(), view.offset(), dims, strides);
  }
}
