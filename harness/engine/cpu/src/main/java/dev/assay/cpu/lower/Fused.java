package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Action;
import dev.assay.cpu.lower.Block.Value;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.x86.MachineCode;
import dev.assay.cpu.x86.TileCode;
import dev.assay.cpu.x86.TileFunction;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tile's code as one function of machine code, whose values stay in registers. Views that are not
 * even are copied to slots before it runs, or from slots afterwards.
 */
final class Fused implements Placement {
  /** Elements from row to row that a function can step over. */
  private static final int FARTHEST = 1 << 28;

  /** Reductions whose partial sums leave half of the registers free. */
  private static final int MOST_REDUCTIONS = 4;

  private final List<Instr> code;
  private final Usage usage;
  private final Places places;
  private final boolean whole;
  private final int columns;
  private final Placement loops;

  private Fused(
      List<Instr> code, Usage usage, Places places, boolean whole, int columns, Placement loops) {
    this.code = code;
    this.usage = usage;
    this.places = places;
    this.whole = whole;
    this.columns = columns;
    this.loops = loops;
  }

  /**
   * Code that machine code can express: all but trigonometry, powers and many reductions; and mere
   * copies, which have faster ways.
   *
   * @param whole whether a block holds whole rows
   * @param columns of the index space
   * @param loops the same code, for where the system refuses memory for a function
   */
  static Optional<Placement> of(
      List<Instr> code, Usage usage, Places places, boolean whole, int columns, Placement loops) {
    boolean works =
        code.stream().anyMatch(i -> i instanceof Instr.Apply || i instanceof Instr.Reduce);
    boolean possible =
        works
            && code.stream().filter(Instr.Reduce.class::isInstance).count() <= MOST_REDUCTIONS
            && MachineCode.isPossible()
            && code.stream().allMatch(instr -> isPossible(instr, places));
    return possible
        ? Optional.of(new Fused(code, usage, places, whole, columns, loops))
        : Optional.empty();
  }

  private static boolean isPossible(Instr instr, Places places) {
    return switch (instr) {
      case Instr.Load load -> isNear(places.at(load.view(), load.row()));
      case Instr.Store store -> isNear(places.at(store.view(), store.row()));
      case Instr.Apply apply -> Formulas.isKnown(apply.op());
      case Instr.Const _, Instr.Reduce _ -> true;
    };
  }

  private static boolean isNear(Value value) {
    return Math.abs((long) value.rowStride()) < FARTHEST;
  }

  @Override
  public Plan place(int blockRows, int blockColumns) {
    return new Placing(blockRows, blockColumns)
        .plan()
        .orElseGet(() -> loops.place(blockRows, blockColumns));
  }

  /** Places for blocks of one size. */
  private final class Placing {
    private final int blockRows;
    private final int blockColumns;
    private final Map<Instr, Value> operands = new HashMap<>();
    private final List<Action> before = new ArrayList<>();
    private final List<Action> after = new ArrayList<>();
    private long scratchBytes;

    Placing(int blockRows, int blockColumns) {
      this.blockRows = blockRows;
      this.blockColumns = blockColumns;
    }

    /** Empty if the system refuses memory for the function. */
    Optional<Plan> plan() {
      for (Instr instr : code) {
        switch (instr) {
          case Instr.Load load -> operands.put(load, place(load));
          case Instr.Store store -> operands.put(store, place(store));
          case Instr.Const _, Instr.Apply _, Instr.Reduce _ -> {}
        }
      }
      Value last = last();
      boolean flat =
          !whole && blockColumns == columns && operands.values().stream().allMatch(this::isFlat);
      Passes passes = new Passes(code, usage, places, operands, this::keptRow);
      TileCode tile = passes.code(whole ? columns : 0);
      return TileFunction.of(tile)
          .map(function -> {
            long frame = reserve(function.frameBytes());
            before.add(new Call(function, passes.streams(), frame, flat ? blockColumns : -1));
            before.addAll(after);
            return new Plan(before.toArray(Action[]::new), last, scratchBytes);
          });
    }

    /** Where the step that the block is part of finds the last value, if nothing is stored. */
    private Value last() {
      Instr end = code.getLast();
      Value value = operands.get(end);
      if (value == null) {
        value = full();
        operands.put(end, value);
      }
      return value;
    }

    private long reserve(long bytes) {
      long place = scratchBytes;
      scratchBytes += Memory.aligned(bytes);
      return place;
    }

    private Value place(Instr.Load load) {
      if (places.isEven(load)) {
        return places.at(load.view(), load.row());
      }
      Value slot = load.row() ? row() : full();
      Panels panels = places.panels(load.view(), load.row());
      before.add(new Actions.Strided(panels, slot, false));
      return slot;
    }

    private Value place(Instr.Store store) {
      if (places.isEven(store) || store.view().isContiguous()) {
        return places.at(store.view(), store.row());
      }
      Value slot = store.row() ? row() : full();
      after.add(new Actions.Strided(places.panels(store.view(), store.row()), slot, true));
      return slot;
    }

    private Value full() {
      long bytes = (long) blockRows * blockColumns * DType.BYTES;
      return new Value(false, true, reserve(bytes), 0, 0, blockColumns, 1);
    }

    private Value row() {
      return new Value(true, true, reserve((long) blockRows * DType.BYTES), 0, 0, 1, 0);
    }

    /** Place for a row, which each row overwrites. */
    private Value keptRow() {
      long bytes = (long) blockColumns * DType.BYTES;
      return new Value(false, true, reserve(bytes), 0, 0, 0, 1);
    }

    /** Whether rows of an operand follow each other like one long row. */
    private boolean isFlat(Value value) {
      return value.row()
          ? value.rowStride() == 0
          : value.rowStride() == value.columnStride() * blockColumns;
    }
  }

  /** The function, on one block. */
  private static final class Call extends Action {
    private final TileFunction function;
    private final Value[] streams;
    private final long frame;
    private final int flatColumns;

    /**
     * @param flatColumns columns of rows that follow each other like one, or −1
     */
    Call(TileFunction function, List<Value> streams, long frame, int flatColumns) {
      super(false);
      this.function = function;
      this.streams = streams.toArray(Value[]::new);
      this.frame = frame;
      this.flatColumns = flatColumns;
    }

    @Override
    void apply(int rows, int columns, int row, int column, long scratch) {
      long own = scratch + frame;
      for (int i = 0; i < streams.length; i++) {
        function.stream(own, i, streams[i].address(row, column, scratch));
      }
      if (columns == flatColumns) {
        function.run(own, 1, rows * columns);
      } else {
        function.run(own, rows, columns);
      }
    }
  }
}
