package dev.assay.cpu.lower;

import dev.assay.cpu.lower.Block.Value;
import dev.assay.tensor.Op;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How often each value of a tile's code changes, and which pass along a row makes it. */
final class Ranks {
  /** Loads and instructions that computing a value again may take. */
  private static final int CHEAP = 4;

  private static final int DEAR = 1000;

  /** How often a value changes. */
  enum Level {
    ONCE,
    BY_ROW,
    BY_COLUMN
  }

  private final List<Instr> code;
  private final Usage usage;
  private final Level[] level;
  private final int[] stage;
  private final int passes;

  /**
   * @param operands where loads lie
   */
  Ranks(List<Instr> code, Usage usage, Map<Instr, Value> operands) {
    this.code = code;
    this.usage = usage;
    level = new Level[usage.count()];
    stage = new int[usage.count()];
    passes = rank(operands);
  }

  Level level(int value) {
    return level[value];
  }

  /** The pass that makes a value, or before which it is known. */
  int stage(int value) {
    return stage[value];
  }

  /** Passes along a row. */
  int passes() {
    return passes;
  }

  private int rank(Map<Instr, Value> operands) {
    int passes = 0;
    for (Instr instr : code) {
      switch (instr) {
        case Instr.Load load ->
            level[load.dst()] = levelOf(Objects.requireNonNull(operands.get(load)));
        case Instr.Const constant -> level[constant.dst()] = Level.ONCE;
        case Instr.Apply apply -> {
          Level most = Level.ONCE;
          for (int arg : apply.args()) {
            most = level[arg].compareTo(most) > 0 ? level[arg] : most;
            stage[apply.dst()] = Math.max(stage[apply.dst()], stage[arg]);
          }
          level[apply.dst()] = most;
        }
        case Instr.Reduce reduce -> {
          level[reduce.dst()] = Level.BY_ROW;
          stage[reduce.dst()] = stage[reduce.arg()] + 1;
          passes = Math.max(passes, stage[reduce.dst()]);
        }
        case Instr.Store store ->
            passes = store.row() ? passes : Math.max(passes, stage[store.src()] + 1);
      }
    }
    return isAsked() ? Math.max(passes, 1) : passes;
  }

  private static Level levelOf(Value value) {
    if (!value.row() && value.columnStride() != 0) {
      return Level.BY_COLUMN;
    }
    return value.rowStride() == 0 ? Level.ONCE : Level.BY_ROW;
  }

  /** Whether the code stores nothing, and its last value is computed. */
  boolean isAsked() {
    return code.getLast() instanceof Instr.Apply;
  }

  /** Whether computing a value again is cheaper than keeping it from an earlier pass. */
  boolean isCheap(int value) {
    return cost(value) <= CHEAP;
  }

  /** Loads and instructions that computing a value from the start takes. */
  private int cost(int value) {
    if (level[value] != Level.BY_COLUMN) {
      return 0;
    }
    return switch (usage.definition(value)) {
      case Instr.Apply(int _, boolean _, Op op, List<Integer> args) ->
          args.stream().mapToInt(this::cost).sum() + (isSimple(op) ? 1 : DEAR);
      default -> 1;
    };
  }

  private static boolean isSimple(Op op) {
    return switch (op) {
      case Op.Binary(BinaryFn fn) -> fn == BinaryFn.ADD || fn == BinaryFn.SUB || fn == BinaryFn.MUL;
      case Op.Unary(UnaryFn fn) -> fn == UnaryFn.NEG;
      default -> false;
    };
  }
}
