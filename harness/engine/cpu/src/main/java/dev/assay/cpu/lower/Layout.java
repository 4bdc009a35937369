package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Action;
import dev.assay.cpu.lower.Block.Value;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where each value of a tile's code lies, and turns the code into actions on those places.
 */
final class Layout implements Placement {
  private static final long BYTES = DType.BYTES;

  private final List<Instr> code;
  private final Usage usage;
  private final Places places;
  private final int count;
  private final @Nullable View[] direct;
  private final int[] slot;
  private int fullSlots;
  private int rowSlots;

  Layout(List<Instr> code, Usage usage, Places places) {
    this.code = code;
    this.usage = usage;
    this.places = places;
    count = usage.count();
    direct = new View[count];
    slot = new int[count];
    Arrays.fill(slot, -1);
    placeDirectly();
    placeInSlots();
  }

  /** Full slots in use at once. */
  int slots() {
    return fullSlots;
  }

  @Override
  public Plan place(int blockRows, int blockColumns) {
    Value[] values = values(blockRows, blockColumns);
    return new Plan(actions(values), values[count - 1], scratchBytes(blockRows, blockColumns));
  }

  private long scratchBytes(int blockRows, int blockColumns) {
    return fullBytes(blockRows, blockColumns) * fullSlots + rowBytes(blockRows) * rowSlots;
  }

  private static long fullBytes(int blockRows, int blockColumns) {
    return ((long) blockRows * blockColumns * BYTES + 63) & -64L;
  }

  private static long rowBytes(int blockRows) {
    return (blockRows * BYTES + 63) & -64L;
  }

  /** Results go straight to memory where nothing read later would be overwritten. */
  private void placeDirectly() {
    for (Instr instr : code) {
      if (instr instanceof Instr.Store(int src, boolean byRow, View view)
          && direct[src] == null
          && byRow == usage.isRow(src)
          && view.isContiguous()
          && !(usage.definition(src) instanceof Instr.Const)
          && (!(usage.definition(src) instanceof Instr.Load load) || !places.isEven(load))
          && !usage.isFused(src)
          && !overwrites(view, usage.definedAt(src))) {
        direct[src] = view;
      }
    }
  }

  /** Whether a load from the memory of {@code view} is used after instruction {@code at}. */
  private boolean overwrites(View view, int at) {
    for (Instr instr : code) {
      if (instr instanceof Instr.Load load
          && (usage.lastUse(load.dst()) > at || usage.definedAt(load.dst()) > at)
          && places.sameStorage(load.view(), view)) {
        return true;
      }
    }
    return false;
  }

  private void placeInSlots() {
    List<Integer> freeFull = new ArrayList<>();
    List<Integer> freeRow = new ArrayList<>();
    for (int i = 0; i < code.size(); i++) {
      int dst = Usage.dst(code.get(i));
      if (dst >= 0 && needsSlot(dst)) {
        List<Integer> free = usage.isRow(dst) ? freeRow : freeFull;
        slot[dst] =
            free.isEmpty() ? (usage.isRow(dst) ? rowSlots++ : fullSlots++) : free.removeLast();
      }
      for (int v = 0; v < count; v++) {
        if (slot[v] >= 0 && usage.lastUse(v) == i) {
          (usage.isRow(v) ? freeRow : freeFull).add(slot[v]);
        }
      }
    }
  }

  private boolean needsSlot(int value) {
    if (direct[value] != null || usage.isFused(value)) {
      return false;
    }
    return switch (usage.definition(value)) {
      case Instr.Load load -> !places.isEven(load);
      case Instr.Apply _, Instr.Reduce _ -> true;
      case Instr.Const _, Instr.Store _ -> false;
    };
  }

  private Value[] values(int blockRows, int blockColumns) {
    Value[] values = new Value[count];
    long full = fullBytes(blockRows, blockColumns);
    long rowBase = full * fullSlots;
    for (int v = 0; v < count; v++) {
      View stored = direct[v];
      if (stored != null) {
        values[v] = places.at(stored, usage.isRow(v));
      } else if (slot[v] >= 0) {
        values[v] =
            usage.isRow(v)
                ? new Value(true, true, rowBase + slot[v] * rowBytes(blockRows), 0, 0, 1, 0)
                : new Value(false, true, slot[v] * full, 0, 0, blockColumns, 1);
      } else {
        values[v] =
            switch (usage.definition(v)) {
              case Instr.Load load -> places.at(load.view(), load.row());
              case Instr.Const(int _, float number) ->
                  new Value(false, false, Places.constant(number), 0, 0, 0, 0);
              case Instr.Apply _, Instr.Reduce _, Instr.Store _ ->
                  new Value(usage.isRow(v), true, 0, 0, 0, 0, 0);
            };
      }
    }
    return values;
  }

  private Action[] actions(Value[] values) {
    List<Action> actions = new ArrayList<>();
    for (Instr instr : code) {
      switch (instr) {
        case Instr.Const _ -> {}
        case Instr.Load(int dst, boolean byRow, View view) -> {
          if (slot[dst] >= 0 || direct[dst] != null) {
            actions.add(new Actions.Strided(places.panels(view, byRow), values[dst], false));
          }
        }
        case Instr.Apply(int dst, boolean byRow, Op op, List<Integer> args) -> {
          if (!usage.isFused(dst)) {
            actions.add(apply(values, dst, byRow, op, args));
          }
        }
        case Instr.Reduce(int dst, Op.ReduceFn fn, int arg) -> {
          if (usage.isFused(arg)) {
            List<Integer> factors = Usage.args(usage.definition(arg));
            actions.add(
                new Actions.Reduce(
                    fn, values[dst], values[factors.get(0)], values[factors.get(1)]));
          } else {
            actions.add(new Actions.Reduce(fn, values[dst], values[arg], null));
          }
        }
        case Instr.Store store -> {
          int src = store.src();
          boolean byRow = store.row();
          View view = store.view();
          if (direct[src] != null && direct[src].equals(view)) {
            continue;
          }
          actions.add(
              places.isEven(store)
                  ? new Actions.Store(byRow, places.at(view, byRow), values[src])
                  : new Actions.Strided(places.panels(view, byRow), values[src], true));
        }
      }
    }
    return actions.toArray(Action[]::new);
  }

  private Action apply(Value[] values, int dst, boolean byRow, Op op, List<Integer> args) {
    Value to = values[dst];
    Value a = values[args.get(0)];
    return switch (op) {
      case Op.Unary(Op.UnaryFn fn) -> new Actions.Unary(byRow, fn, to, a);
      case Op.Binary(Op.BinaryFn fn) -> {
        int left = args.get(0);
        int right = args.get(1);
        if (fn == Op.BinaryFn.ADD && (usage.isFused(left) || usage.isFused(right))) {
          List<Integer> factors = Usage.args(usage.definition(usage.isFused(left) ? left : right));
          int addend = usage.isFused(left) ? right : left;
          yield new Actions.Ternary(
              byRow, true, to, values[factors.get(0)], values[factors.get(1)], values[addend]);
        }
        yield new Actions.Binary(byRow, fn, to, a, values[right]);
      }
      case Op.Where _ ->
          new Actions.Ternary(byRow, false, to, a, values[args.get(1)], values[args.get(2)]);
      case Op.Cast(DType type) -> new Actions.Cast(byRow, type, to, a);
      default -> throw new IllegalStateException("not elementwise: " + op);
    };
  }
}
