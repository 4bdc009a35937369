package dev.assay.tensor.plan;

import dev.assay.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tensors that one kernel will compute. */
final class Unit {
  enum Kind {
    /** Elementwise tensors and reductions along rows, fused. */
    TILE,
    /** One reduction over a middle or a long axis. */
    MIDDLE,
    /** One movement tensor whose elements must be copied. */
    COPY,
    /** One tensor with a kernel of its own. */
    OPAQUE
  }

  final Kind kind;

  /** In topological order. */
  final List<Tensor> members = new ArrayList<>();

  /** For TILE: whether a member has one element per row. */
  final Map<Tensor, Boolean> row = new HashMap<>();

  /** For TILE: elements of the whole index space. */
  int size;

  /** For TILE: elements of a row; 0 while nothing has fixed it. */
  int columns;

  private final Set<Unit> uses = new LinkedHashSet<>();
  private Unit merged = this;
  private int mark;

  Unit(Kind kind) {
    this.kind = kind;
  }

  Unit find() {
    Unit unit = this;
    while (unit.merged != unit) {
      unit = unit.merged;
    }
    return unit;
  }

  /** Units whose results it reads. */
  Set<Unit> uses() {
    Set<Unit> now = new LinkedHashSet<>();
    for (Unit unit : uses) {
      Unit found = unit.find();
      if (found != this) {
        now.add(found);
      }
    }
    uses.clear();
    uses.addAll(now);
    return uses;
  }

  void use(Unit unit) {
    if (unit.find() != this) {
      uses.add(unit.find());
    }
  }

  boolean isRow(Tensor member) {
    return Boolean.TRUE.equals(row.get(member));
  }

  /** Takes over the members of {@code other}; with {@code asRows} they become row values. */
  void absorb(Unit other, boolean asRows, List<Tensor> order) {
    other.merged = this;
    members.addAll(other.members);
    Map<Tensor, Integer> position = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      position.put(order.get(i), i);
    }
    members.sort(
        (a, b) -> Integer.compare(position.getOrDefault(a, 0), position.getOrDefault(b, 0)));
    other.row.forEach((t, r) -> row.put(t, asRows || r));
    columns = Math.max(columns, asRows ? columns : other.columns);
    for (Unit used : other.uses()) {
      use(used);
    }
    uses();
  }

  /**
   * Whether this unit, or one that it uses directly or not, is {@code target}. {@code stamp} is new
   * for each question.
   */
  boolean reaches(Unit target, int stamp) {
    Deque<Unit> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Unit unit = open.pop();
      if (unit == target) {
        return true;
      }
      if (unit.mark != stamp) {
        unit.mark = stamp;
        unit.uses().forEach(open::push);
      }
    }
    return false;
  }
}
