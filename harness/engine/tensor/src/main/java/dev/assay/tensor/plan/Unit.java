package dev.assay.tensor.plan;

import dev.assay.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Units that use this one; some may have been merged since. */
  private final Set<Unit> users = new LinkedHashSet<>();

  /** Higher than the level of every unit that this one uses. */
  private int level;

  /** Whether some of {@link #uses} may have been merged. */
  private boolean stale;

  private Unit merged = this;
  private int mark;

  Unit(Kind kind) {
    this.kind = kind;
  }

  Unit find() {
    Unit unit = this;
    while (unit.merged != unit) {
      unit.merged = unit.merged.merged;
      unit = unit.merged;
    }
    return unit;
  }

  /** Units whose results it reads. */
  Set<Unit> uses() {
    if (stale) {
      Set<Unit> now = new LinkedHashSet<>();
      for (Unit unit : uses) {
        Unit found = unit.find();
        if (found != this) {
          now.add(found);
        }
      }
      uses.clear();
      uses.addAll(now);
      stale = false;
    }
    return uses;
  }

  void use(Unit unit) {
    Unit used = unit.find();
    if (used != this && uses.add(used)) {
      used.users.add(this);
      raise(used.level + 1);
    }
  }

  /** Lifts this unit to a level at least, and those that use it above it. */
  private void raise(int least) {
    if (level >= least) {
      return;
    }
    level = least;
    Deque<Unit> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Unit unit = open.pop();
      for (Unit user : unit.users) {
        Unit found = user.find();
        if (found != unit && found.level <= unit.level) {
          found.level = unit.level + 1;
          open.push(found);
        }
      }
    }
  }

  boolean isRow(Tensor member) {
    return Boolean.TRUE.equals(row.get(member));
  }

  /**
   * Takes over the members of {@code other}; with {@code asRows} they become row values.
   *
   * @param position of each tensor in topological order
   */
  void absorb(Unit other, boolean asRows, Map<Tensor, Integer> position) {
    Set<Unit> used = other.uses();
    other.merged = this;
    members.addAll(other.members);
    members.sort(Comparator.comparing(position::get));
    other.row.forEach((t, r) -> row.put(t, asRows || r));
    columns = Math.max(columns, asRows ? columns : other.columns);
    stale = true;
    used.forEach(this::use);
    for (Unit user : other.users) {
      Unit found = user.find();
      if (found != this) {
        found.stale = true;
        users.add(found);
        found.raise(level + 1);
      }
    }
    uses();
  }

  /**
   * Whether this unit, or one that it uses directly or not, is {@code target}. {@code stamp} is new
   * for each question.
   */
  boolean reaches(Unit target, int stamp) {
    if (this == target) {
      return true;
    }
    Deque<Unit> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      for (Unit used : open.pop().uses()) {
        if (used == target) {
          return true;
        }
        if (used.mark != stamp && used.level > target.level) {
          used.mark = stamp;
          open.push(used);
        }
      }
    }
    return false;
  }
}
