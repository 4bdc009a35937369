package dev.assay.tensor.plan;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which results of tiles are written straight to their place in a concatenation, so that it need
 * not copy them: states over time, adjoints of gates.
 */
final class Joins {
  /** Elements of a row at least, where a part's rows lie apart: a vector. */
  private static final int LEAST_ROW = 16;

  /**
   * Where the elements of a base lie.
   *
   * @param concat of which it is a part
   * @param whole the outermost concatenation, whose buffer they are in
   * @param offset of the first
   * @param rows runs of neighbours
   * @param stride from one run to the next
   */
  record Part(Tensor concat, Tensor whole, int offset, int rows, int stride) {
    boolean isContiguous() {
      return rows == 1;
    }
  }

  private final Fusion fusion;
  private final Access.Resolver accesses;
  private final Map<Tensor, Set<Unit>> readers = new HashMap<>();
  private final Set<Tensor> kept = new HashSet<>();
  private final Map<Tensor, Part> parts = new HashMap<>();

  /**
   * @param units in topological order
   */
  Joins(Graph graph, Fusion fusion, Access.Resolver accesses, List<Unit> units) {
    this.fusion = fusion;
    this.accesses = accesses;
    for (Unit unit : units) {
      for (Tensor member : unit.members) {
        for (Tensor operand : member.operands()) {
          readers.computeIfAbsent(accesses.of(operand).base(), _ -> new HashSet<>()).add(unit);
        }
      }
    }
    graph.outputs().values().forEach(t -> kept.add(accesses.of(t).base()));
    graph.assigns().values().forEach(t -> kept.add(accesses.of(t).base()));
    for (Unit unit : units.reversed()) {
      Tensor first = unit.members.getFirst();
      if (first.op() instanceof Op.Concat(int axis)) {
        place(unit, first, axis);
      }
    }
  }

  /** The place of a base in a concatenation, or null if it has memory of its own. */
  @Nullable Part of(Tensor base) {
    return parts.get(base);
  }

  private void place(Unit unit, Tensor concat, int axis) {
    Part outer = parts.get(concat);
    List<Tensor> bases = concat.operands().stream().map(part -> accesses.of(part).base()).toList();
    int rows = 1;
    for (int i = 0; i < axis; i++) {
      rows *= concat.dim(i);
    }
    int stride = concat.shape().size() / Math.max(1, rows);
    int offset = outer == null ? 0 : outer.offset;
    for (Tensor operand : concat.operands()) {
      Tensor base = accesses.of(operand).base();
      int row = operand.shape().size() / Math.max(1, rows);
      boolean fits = rows == 1 || (row >= LEAST_ROW && isReadBy(base, unit));
      if (fits
          && accesses.of(operand).isIdentity()
          && isFree(base)
          && Collections.frequency(bases, base) == 1) {
        parts.put(
            base, new Part(concat, outer == null ? concat : outer.whole, offset, rows, stride));
      }
      offset += row;
    }
  }

  /** Whether a base is written by a kernel that can write anywhere, and has no place yet. */
  private boolean isFree(Tensor base) {
    Unit unit = Fusion.isLeaf(base) ? null : fusion.unit(base);
    return unit != null
        && !parts.containsKey(base)
        && !kept.contains(base)
        && (base.op() instanceof Op.Concat || (unit.kind == Unit.Kind.TILE && !unit.isRow(base)));
  }

  /** Whether no other kernel reads the base, but the one that makes it. */
  private boolean isReadBy(Tensor base, Unit unit) {
    return !(base.op() instanceof Op.Concat)
        && readers.getOrDefault(base, Set.of()).stream()
            .allMatch(reader -> reader == unit || reader == fusion.unit(base));
  }
}
