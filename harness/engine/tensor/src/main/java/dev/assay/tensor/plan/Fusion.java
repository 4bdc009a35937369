package dev.assay.tensor.plan;

import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides a graph into {@link Unit}s. Each elementwise tensor and each reduction along rows joins
 * the unit of an operand if it can be computed there element by element and no cycle between units
 * arises; units that meet in a tensor are merged under the same conditions.
 */
final class Fusion {
  /** Longest row that a tile holds whole. */
  static final int LONGEST_ROW = 8192;

  private final Access.Resolver accesses;
  private final Map<Tensor, Unit> units = new HashMap<>();
  private final List<Tensor> order;
  private final Map<Tensor, Integer> position = new HashMap<>();
  private int stamp;

  Fusion(List<Tensor> order, Access.Resolver accesses) {
    this.order = order;
    this.accesses = accesses;
    for (Tensor t : order) {
      position.put(t, position.size());
    }
    for (Tensor t : order) {
      if (isElementwise(t) || isRowReduction(t)) {
        placeInTile(t);
      } else if (!isLeaf(t) && !isMovement(t)) {
        alone(t, t.op() instanceof Op.Reduce ? Unit.Kind.MIDDLE : Unit.Kind.OPAQUE);
      }
    }
  }

  static boolean isLeaf(Tensor t) {
    return switch (t.op()) {
      case Op.Input _, Op.State _, Op.Fill _, Op.Constant _, Op.ConstantInt _, Op.Iota _ -> true;
      default -> false;
    };
  }

  static boolean isMovement(Tensor t) {
    return switch (t.op()) {
      case Op.Reshape _, Op.Permute _, Op.Broadcast _, Op.Slice _, Op.Flip _ -> true;
      default -> false;
    };
  }

  static boolean isElementwise(Tensor t) {
    return switch (t.op()) {
      case Op.Unary _, Op.Binary _, Op.Where _, Op.Cast _ -> true;
      default -> false;
    };
  }

  /** A reduction over the trailing elements of rows short enough for a tile. */
  static boolean isRowReduction(Tensor t) {
    return t.op() instanceof Op.Reduce(Op.ReduceFn _, List<Integer> axes)
        && columns(t) <= LONGEST_ROW
        && axes.stream().anyMatch(axis -> axis == innermost(t.operand(0)));
  }

  /** Elements that each result of a reduction covers. */
  static int columns(Tensor reduction) {
    return reduction.operand(0).shape().size() / Math.max(1, reduction.shape().size());
  }

  private static int innermost(Tensor x) {
    int axis = x.rank() - 1;
    while (axis > 0 && x.dim(axis) == 1) {
      axis--;
    }
    return axis;
  }

  /** The unit that computes a base, or null for a leaf. */
  @Nullable Unit unit(Tensor base) {
    if (isLeaf(base)) {
      return null;
    }
    Unit unit = units.get(base);
    return unit == null ? alone(base, Unit.Kind.COPY) : unit.find();
  }

  /** All units, those they use first. */
  List<Unit> topological() {
    Set<Unit> done = new LinkedHashSet<>();
    for (Tensor t : order) {
      Unit unit = units.get(t);
      if (unit != null) {
        visit(unit.find(), done);
      }
    }
    return new ArrayList<>(done);
  }

  private static void visit(Unit root, Set<Unit> done) {
    Deque<Unit> open = new ArrayDeque<>(List.of(root));
    Set<Unit> entered = new HashSet<>();
    while (!open.isEmpty()) {
      Unit unit = open.peek();
      if (done.contains(unit) || !entered.add(unit)) {
        done.add(open.pop());
      } else {
        for (Unit used : unit.uses()) {
          if (!done.contains(used)) {
            open.push(used);
          }
        }
      }
    }
  }

  private Unit alone(Tensor t, Unit.Kind kind) {
    Unit unit = new Unit(kind);
    unit.members.add(t);
    units.put(t, unit);
    connect(unit, t);
    return unit;
  }

  private List<Access> operands(Tensor t) {
    return isMovement(t)
        ? List.of(accesses.of(t))
        : t.operands().stream().map(accesses::of).toList();
  }

  private void connect(Unit unit, Tensor t) {
    for (Access operand : operands(t)) {
      Unit used = unit(operand.base());
      if (used != null) {
        unit.use(used);
      }
    }
  }

  private void placeInTile(Tensor t) {
    Set<Unit> candidates = new LinkedHashSet<>();
    for (Access operand : operands(t)) {
      Unit unit = unit(operand.base());
      if (unit != null && unit.kind == Unit.Kind.TILE) {
        candidates.add(unit);
      }
    }
    Unit home = null;
    for (Unit candidate : candidates) {
      if (home == null && join(t, candidate)) {
        home = candidate;
      }
    }
    if (home == null) {
      home = new Unit(Unit.Kind.TILE);
      boolean reduces = t.op() instanceof Op.Reduce;
      home.size = reduces ? t.operand(0).shape().size() : t.shape().size();
      home.columns = reduces ? columns(t) : 0;
      home.row.put(t, reduces);
      home.members.add(t);
      units.put(t, home);
      connect(home, t);
    }
    for (Unit candidate : candidates) {
      if (candidate.find() != home) {
        merge(home, candidate.find());
      }
    }
  }

  private boolean join(Tensor t, Unit unit) {
    Boolean row = level(t, unit);
    if (row == null) {
      return false;
    }
    for (Access operand : operands(t)) {
      Unit used = unit(operand.base());
      if (used != null && used != unit && used.reaches(unit, ++stamp)) {
        return false;
      }
    }
    if (t.op() instanceof Op.Reduce) {
      unit.columns = columns(t);
    }
    unit.row.put(t, row);
    unit.members.add(t);
    units.put(t, unit);
    connect(unit, t);
    return true;
  }

  /**
   * Whether t would be a row value (true) or a full one (false) of the unit, or null if it cannot
   * be computed there.
   */
  private @Nullable Boolean level(Tensor t, Unit unit) {
    if (t.op() instanceof Op.Reduce) {
      Access x = operands(t).get(0);
      boolean fits =
          !unit.isRow(x.base())
              && x.isIdentity()
              && unit.size == t.operand(0).shape().size()
              && (unit.columns == 0 || unit.columns == columns(t));
      return fits ? Boolean.TRUE : null;
    }
    if (t.shape().size() == unit.size && readable(t, false, unit, false, unit.columns)) {
      return false;
    }
    boolean row =
        unit.columns > 1
            && t.shape().size() == unit.size / unit.columns
            && readable(t, true, unit, false, unit.columns);
    return row ? Boolean.TRUE : null;
  }

  /**
   * Merges {@code other}, which {@code home} uses, into it if every use is at hand and no other way
   * leads there.
   */
  private void merge(Unit home, Unit other) {
    boolean same =
        home.size == other.size
            && (home.columns == other.columns || home.columns == 0 || other.columns == 0);
    boolean asRows =
        !same && other.columns == 0 && home.columns > 1 && other.size == home.size / home.columns;
    if (!same && !asRows) {
      return;
    }
    for (Unit used : home.uses()) {
      if (used != other && used.reaches(other, ++stamp)) {
        return;
      }
    }
    int columns = Math.max(home.columns, asRows ? 0 : other.columns);
    for (Tensor member : home.members) {
      if (member.op() instanceof Op.Reduce && usesFrom(member, other)) {
        Access x = operands(member).get(0);
        if (asRows || other.isRow(x.base()) || !x.isIdentity()) {
          return;
        }
      } else if (!readable(member, home.isRow(member), other, asRows, columns)) {
        return;
      }
    }
    home.absorb(other, asRows, position);
  }

  private boolean usesFrom(Tensor t, Unit owner) {
    return operands(t).stream().anyMatch(a -> unit(a.base()) == owner);
  }

  /**
   * Whether every operand of t that {@code other} computes is at hand, element by element, where t
   * is computed.
   *
   * @param row whether t is a row value there
   * @param asRows whether the members of {@code other} count as row values
   */
  private boolean readable(Tensor t, boolean row, Unit other, boolean asRows, int columns) {
    for (Access operand : operands(t)) {
      if (unit(operand.base()) != other) {
        continue;
      }
      boolean operandRow = asRows || other.isRow(operand.base());
      boolean ok =
          operandRow == row
              ? operand.isIdentity()
              : operandRow && columns > 1 && operand.isRowBroadcast(columns);
      if (!ok) {
        return false;
      }
    }
    return true;
  }
}
