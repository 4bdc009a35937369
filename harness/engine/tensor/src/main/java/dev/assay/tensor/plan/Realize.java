package dev.assay.tensor.plan;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which members of tiles are written to memory. A value that another unit needs is either
 * written or, where a few cheap functions make it again from values in memory, computed again by
 * that unit.
 */
final class Realize {
  /** Functions computed again rather than written and read. */
  private static final int CHEAP = 4;

  private final Fusion fusion;
  private final Access.Resolver accesses;
  private final Set<Tensor> stored = new HashSet<>();
  private final Map<Unit, Set<Tensor>> inlined = new HashMap<>();
  private final Map<Unit, Set<Tensor>> needed = new HashMap<>();

  Realize(Graph graph, Fusion fusion, Access.Resolver accesses, List<Unit> topological) {
    this.fusion = fusion;
    this.accesses = accesses;
    graph.outputs().values().forEach(this::store);
    graph.assigns().values().forEach(this::store);
    for (Unit unit : topological) {
      if (unit.kind == Unit.Kind.OPAQUE) {
        unit.members.get(0).operands().forEach(this::store);
      } else if (unit.kind == Unit.Kind.COPY) {
        store(unit.members.get(0));
      }
    }
    for (Unit unit : topological.reversed()) {
      switch (unit.kind) {
        case TILE -> tile(unit);
        case MIDDLE -> operand(unit, accesses.of(unit.members.get(0).operand(0)), true);
        case COPY, OPAQUE -> {}
      }
    }
  }

  /** Members of tiles that must be written. */
  boolean isStored(Tensor member) {
    return stored.contains(member);
  }

  /** Whether the unit computes this member of another unit again. */
  boolean isInlined(Unit unit, Tensor base) {
    Set<Tensor> own = inlined.get(unit);
    return own != null && own.contains(base);
  }

  /** Members that a tile must compute. */
  boolean isNeeded(Unit unit, Tensor member) {
    Set<Tensor> own = needed.get(unit);
    return own != null && own.contains(member);
  }

  private void store(Tensor t) {
    stored.add(accesses.of(t).base());
  }

  private void tile(Unit unit) {
    Set<Tensor> own = new HashSet<>();
    needed.put(unit, own);
    for (Tensor member : unit.members.reversed()) {
      if (!own.contains(member) && !stored.contains(member)) {
        continue;
      }
      own.add(member);
      boolean row = unit.isRow(member) && !(member.op() instanceof Op.Reduce);
      for (Tensor t : member.operands()) {
        Access access = accesses.of(t);
        if (fusion.unit(access.base()) == unit) {
          own.add(access.base());
        } else {
          operand(unit, access, !row);
        }
      }
    }
  }

  /** Sees to it that the unit can read an operand from outside. */
  private void operand(Unit unit, Access access, boolean mayInline) {
    Tensor base = access.base();
    if (inMemory(base)) {
      return;
    }
    Set<Tensor> plan = new HashSet<>();
    if (mayInline && access.isIdentity() && cost(unit, base, plan) <= CHEAP) {
      for (Tensor t : plan) {
        for (Tensor o : t.operands()) {
          Tensor inner = accesses.of(o).base();
          if (!plan.contains(inner) && !inMemory(inner)) {
            stored.add(inner);
          }
        }
      }
      inlined.computeIfAbsent(unit, unused -> new HashSet<>()).addAll(plan);
    } else {
      stored.add(base);
    }
  }

  private boolean inMemory(Tensor base) {
    Unit owner = fusion.unit(base);
    return owner == null || owner.kind != Unit.Kind.TILE || stored.contains(base);
  }

  /** Functions to make {@code base} again; adds the tensors concerned to {@code plan}. */
  private int cost(Unit unit, Tensor base, Set<Tensor> plan) {
    if (!isCheap(base)) {
      return CHEAP + 1;
    }
    plan.add(base);
    int cost = 1;
    for (Tensor t : base.operands()) {
      Access access = accesses.of(t);
      Tensor inner = access.base();
      @Nullable Unit owner = fusion.unit(inner);
      if (owner == unit) {
        return CHEAP + 1;
      }
      boolean small = inner.shape().size() * 16L <= base.shape().size();
      if (!inMemory(inner) && !small && !plan.contains(inner)) {
        cost += access.isIdentity() ? cost(unit, inner, plan) : CHEAP + 1;
      }
      if (cost > CHEAP) {
        return cost;
      }
    }
    return cost;
  }

  private static boolean isCheap(Tensor t) {
    return switch (t.op()) {
      case Op.Unary(Op.UnaryFn fn) ->
          switch (fn) {
            case NEG, ABS, SIGN, FLOOR -> true;
            case EXP,
                EXPM1,
                LOG,
                LOG1P,
                SQRT,
                RSQRT,
                RECIPROCAL,
                SIN,
                COS,
                TANH,
                SIGMOID,
                SOFTPLUS,
                ERF ->
                false;
          };
      case Op.Binary(Op.BinaryFn fn) -> fn != Op.BinaryFn.POW && fn != Op.BinaryFn.DIV;
      case Op.Where _ -> true;
      default -> false;
    };
  }
}
