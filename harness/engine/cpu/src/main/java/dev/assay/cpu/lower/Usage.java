package dev.assay.cpu.lower;

import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel.Instr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which instructions make and use the values of a tile's code, and which products are fused. */
final class Usage {
  private final List<Instr> code;
  private final int count;
  private final boolean[] row;
  private final int[] definedAt;
  private final int[] lastUse;
  private final int[] uses;
  private final Set<Integer> fused = new HashSet<>();

  Usage(List<Instr> code) {
    this.code = code;
    count = (int) code.stream().filter(i -> !(i instanceof Instr.Store)).count();
    row = new boolean[count];
    definedAt = new int[count];
    lastUse = new int[count];
    uses = new int[count];
    scan();
    fuse();
  }

  /** Values. */
  int count() {
    return count;
  }

  /** Whether a value has one element per row. */
  boolean isRow(int value) {
    return row[value];
  }

  /** The instruction that makes a value. */
  Instr definition(int value) {
    return code.get(definedAt[value]);
  }

  /** The place of that instruction in the code. */
  int definedAt(int value) {
    return definedAt[value];
  }

  /** The place of the last instruction that reads a value, beyond the code for its last value. */
  int lastUse(int value) {
    return lastUse[value];
  }

  /** Whether a value is a product that a sum or a row sum takes in, rounded with it. */
  boolean isFused(int value) {
    return fused.contains(value);
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

  /** The value that an instruction makes, or −1. */
  static int dst(Instr instr) {
    return switch (instr) {
      case Instr.Load load -> load.dst();
      case Instr.Const constant -> constant.dst();
      case Instr.Apply apply -> apply.dst();
      case Instr.Reduce reduce -> reduce.dst();
      case Instr.Store _ -> -1;
    };
  }

  /** The values that an instruction reads. */
  static List<Integer> args(Instr instr) {
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
}
