package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Action;
import dev.assay.cpu.lower.Block.Value;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides where each value of a tile's code lies, and turns the code into actions on those places.
 */
final class Layout {
  private static final long BYTES = DType.BYTES;

  private final int[] dims;
  private final int rowAxes;
  private final List<Instr> code;
  private final Addresses addresses;
  private final int count;
  private final boolean[] row;
  private final int[] definedAt;
  private final int[] lastUse;
  private final int[] uses;
  private final Set<Integer> fused = new HashSet<>();
  private final @Nullable View[] direct;
  private final int[] slot;
  private int fullSlots;
  private int rowSlots;

  Layout(int[] dims, int rowAxes, List<Instr> code, Addresses addresses) {
    this.dims = dims;
    this.rowAxes = rowAxes;
    this.code = code;
    this.addresses = addresses;
    count = (int) code.stream().filter(i -> !(i instanceof Instr.Store)).count();
    row = new boolean[count];
    definedAt = new int[count];
    lastUse = new int[count];
    uses = new int[count];
    direct = new View[count];
    slot = new int[count];
    Arrays.fill(slot, -1);
    scan();
    fuse();
    placeDirectly();
    placeInSlots();
  }

  /** Full slots in use at once. */
  int slots() {
    return fullSlots;
  }

  long scratchBytes(int blockRows, int blockColumns) {
    return fullBytes(blockRows, blockColumns) * fullSlots + rowBytes(blockRows) * rowSlots;
  }

  private static long fullBytes(int blockRows, int blockColumns) {
    return ((long) blockRows * blockColumns * BYTES + 63) & -64L;
  }

  private static long rowBytes(int blockRows) {
    return (blockRows * BYTES + 63) & -64L;
  }

  private void scan() {
    for (int i = 0; i < code.size(); i++) {
      int dst = dst(code.get(i));
      if (dst >= 0) {
        definedAt[dst] = i;
        lastUse[dst] = i;
        row[dst] =
            switch (code.get(i)) {
              case Instr.Load load -> load.row();
              case Instr.Apply apply -> apply.row();
              case Instr.Reduce _ -> true;
              case Instr.Const _, Instr.Store _ -> false;
            };
      }
      for (int arg : args(code.get(i))) {
        lastUse[arg] = i;
        uses[arg]++;
      }
    }
    lastUse[count - 1] = code.size();
  }

  private static int dst(Instr instr) {
    return switch (instr) {
      case Instr.Load load -> load.dst();
      case Instr.Const constant -> constant.dst();
      case Instr.Apply apply -> apply.dst();
      case Instr.Reduce reduce -> reduce.dst();
      case Instr.Store _ -> -1;
    };
  }

  private static List<Integer> args(Instr instr) {
    return switch (instr) {
      case Instr.Load _, Instr.Const _ -> List.of();
      case Instr.Apply apply -> apply.args();
      case Instr.Reduce reduce -> List.of(reduce.arg());
      case Instr.Store store -> List.of(store.src());
    };
  }

  /** Finds products that are used once, by a sum or a row sum: they become part of it. */
  private void fuse() {
    for (Instr instr : code) {
      switch (instr) {
        case Instr.Apply(int dst, boolean byRow, Op.Binary(Op.BinaryFn fn), List<Integer> args)
            when fn == Op.BinaryFn.ADD -> {
          int product =
              product(args.get(0), byRow, dst) ? 0 : product(args.get(1), byRow, dst) ? 1 : -1;
          if (product >= 0) {
            absorb(args.get(product), dst);
          }
        }
        case Instr.Reduce(int dst, Op.ReduceFn fn, int arg)
            when fn == Op.ReduceFn.SUM && product(arg, false, dst) ->
            absorb(arg, dst);
        case Instr.Load _, Instr.Const _, Instr.Apply _, Instr.Reduce _, Instr.Store _ -> {}
      }
    }
  }

  private boolean product(int value, boolean byRow, int user) {
    return uses[value] == 1
        && value != count - 1
        && row[value] == byRow
        && !fused.contains(user)
        && code.get(definedAt[value])
            instanceof Instr.Apply(int _, boolean _, Op.Binary(Op.BinaryFn fn), List<Integer> _)
        && fn == Op.BinaryFn.MUL;
  }

  private void absorb(int product, int user) {
    fused.add(product);
    for (int arg : args(code.get(definedAt[product]))) {
      lastUse[arg] = Math.max(lastUse[arg], definedAt[user]);
    }
  }

  private boolean isFused(int value) {
    return fused.contains(value);
  }

  /** Results go straight to memory where nothing read later would be overwritten. */
  private void placeDirectly() {
    for (Instr instr : code) {
      if (instr instanceof Instr.Store(int src, boolean byRow, View view)
          && direct[src] == null
          && byRow == row[src]
          && view.isContiguous()
          && !(code.get(definedAt[src]) instanceof Instr.Const)
          && (!(code.get(definedAt[src]) instanceof Instr.Load load) || !isEven(load))
          && !isFused(src)
          && !overwrites(view, definedAt[src])) {
        direct[src] = view;
      }
    }
  }

  /** Whether a load from the memory of {@code view} is used after instruction {@code at}. */
  private boolean overwrites(View view, int at) {
    for (Instr instr : code) {
      if (instr instanceof Instr.Load load
          && (lastUse[load.dst()] > at || definedAt[load.dst()] > at)
          && sameStorage(load.view().buffer(), view.buffer())) {
        return true;
      }
    }
    return false;
  }

  private boolean sameStorage(Buffer a, Buffer b) {
    return addresses.of(a) == addresses.of(b);
  }

  private void placeInSlots() {
    List<Integer> freeFull = new ArrayList<>();
    List<Integer> freeRow = new ArrayList<>();
    for (int i = 0; i < code.size(); i++) {
      int dst = dst(code.get(i));
      if (dst >= 0 && needsSlot(dst)) {
        List<Integer> free = row[dst] ? freeRow : freeFull;
        slot[dst] = free.isEmpty() ? (row[dst] ? rowSlots++ : fullSlots++) : free.removeLast();
      }
      for (int v = 0; v < count; v++) {
        if (slot[v] >= 0 && lastUse[v] == i) {
          (row[v] ? freeRow : freeFull).add(slot[v]);
        }
      }
    }
  }

  private boolean needsSlot(int value) {
    if (direct[value] != null || isFused(value)) {
      return false;
    }
    return switch (code.get(definedAt[value])) {
      case Instr.Load load -> !isEven(load);
      case Instr.Apply _, Instr.Reduce _ -> true;
      case Instr.Const _, Instr.Store _ -> false;
    };
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
  private boolean isEven(Instr.Load load) {
    int[][] rows = rowPart(load.view());
    int[][] columns = columnPart(load.view(), load.row());
    boolean evenRows = rows[0].length == 1;
    if (load.row()) {
      return evenRows && (rows[1][0] == 0 || rows[1][0] == 1);
    }
    return evenRows && columns[0].length == 1 && (columns[1][0] == 0 || columns[1][0] == 1);
  }

  /** Where every value lies, for blocks of the given size. */
  Value[] values(int blockRows, int blockColumns) {
    Value[] values = new Value[count];
    long full = fullBytes(blockRows, blockColumns);
    long rowBase = full * fullSlots;
    for (int v = 0; v < count; v++) {
      View stored = direct[v];
      if (stored != null) {
        values[v] = at(stored, row[v]);
      } else if (slot[v] >= 0) {
        values[v] =
            row[v]
                ? new Value(true, true, rowBase + slot[v] * rowBytes(blockRows), 0, 0, 1, 0)
                : new Value(false, true, slot[v] * full, 0, 0, blockColumns, 1);
      } else {
        values[v] =
            switch (code.get(definedAt[v])) {
              case Instr.Load load -> at(load.view(), load.row());
              case Instr.Const(int _, float number) ->
                  new Value(false, false, constant(number), 0, 0, 0, 0);
              case Instr.Apply _, Instr.Reduce _, Instr.Store _ ->
                  new Value(row[v], true, 0, 0, 0, 0, 0);
            };
      }
    }
    return values;
  }

  private Value at(View view, boolean byRow) {
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

  private static final Map<Integer, MemorySegment> CONSTANTS = new HashMap<>();

  /** The address of a number; the few that programs use stay for the life of the process. */
  private static long constant(float number) {
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

  /** The code as actions on those values. */
  Action[] actions(Value[] values) {
    List<Action> actions = new ArrayList<>();
    for (Instr instr : code) {
      switch (instr) {
        case Instr.Const _ -> {}
        case Instr.Load(int dst, boolean byRow, View view) -> {
          if (slot[dst] >= 0 || direct[dst] != null) {
            actions.add(new Block.StridedAction(panels(view, byRow), values[dst], false));
          }
        }
        case Instr.Apply(int dst, boolean byRow, Op op, List<Integer> args) -> {
          if (!isFused(dst)) {
            actions.add(apply(values, dst, byRow, op, args));
          }
        }
        case Instr.Reduce(int dst, Op.ReduceFn fn, int arg) -> {
          if (isFused(arg)) {
            List<Integer> factors = args(code.get(definedAt[arg]));
            actions.add(
                new Block.ReduceAction(
                    fn, values[dst], values[factors.get(0)], values[factors.get(1)]));
          } else {
            actions.add(new Block.ReduceAction(fn, values[dst], values[arg], null));
          }
        }
        case Instr.Store(int src, boolean byRow, View view) -> {
          if (direct[src] != null && direct[src].equals(view)) {
            continue;
          }
          int[][] rows = rowPart(view);
          int[][] columns = columnPart(view, byRow);
          boolean even =
              rows[0].length == 1
                  && columns[0].length == 1
                  && (byRow ? rows[1][0] == 1 : columns[1][0] == 1);
          actions.add(
              even
                  ? new Block.StoreAction(byRow, at(view, byRow), values[src])
                  : new Block.StridedAction(panels(view, byRow), values[src], true));
        }
      }
    }
    return actions.toArray(Action[]::new);
  }

  private Action apply(Value[] values, int dst, boolean byRow, Op op, List<Integer> args) {
    Value to = values[dst];
    Value a = values[args.get(0)];
    return switch (op) {
      case Op.Unary(Op.UnaryFn fn) -> new Block.UnaryAction(byRow, fn, to, a);
      case Op.Binary(Op.BinaryFn fn) -> {
        int left = args.get(0);
        int right = args.get(1);
        if (fn == Op.BinaryFn.ADD && (isFused(left) || isFused(right))) {
          List<Integer> factors = args(code.get(definedAt[isFused(left) ? left : right]));
          int addend = isFused(left) ? right : left;
          yield new Block.TernaryAction(
              byRow, true, to, values[factors.get(0)], values[factors.get(1)], values[addend]);
        }
        yield new Block.BinaryAction(byRow, fn, to, a, values[right]);
      }
      case Op.Where _ ->
          new Block.TernaryAction(byRow, false, to, a, values[args.get(1)], values[args.get(2)]);
      case Op.Cast(DType type) -> new Block.CastAction(byRow, type, to, a);
      default -> throw new IllegalStateException("not elementwise: " + op);
    };
  }

  private Panels panels(View view, boolean byRow) {
    int[][] rows = rowPart(view);
    int[][] columns = columnPart(view, byRow);
    return new Panels(addresses.of(view), rows[0], rows[1], columns[0], columns[1]);
  }
}
