package dev.assay.tensor.plan;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
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

  /** Large values read to make one again. */
  private static final int LOADS = 2;

  private final Fusion fusion;
  private final Access.Resolver accesses;
  private final Set<Tensor> stored = new HashSet<>();
  private final Map<Unit, Set<Tensor>> inlined = new HashMap<>();
  private final Map<Unit, Set<Tensor>> needed = new HashMap<>();
  private final Map<Tensor, List<Tensor>> users = new HashMap<>();

  Realize(Graph graph, Fusion fusion, Access.Resolver accesses, List<Unit> topological) {
    this.fusion = fusion;
    this.accesses = accesses;
    for (Unit unit : topological) {
      for (Tensor member : unit.members) {
        for (Tensor operand : member.operands()) {
          users
              .computeIfAbsent(accesses.of(operand).base(), unused -> new ArrayList<>())
              .add(member);
        }
      }
    }
    graph.outputs().values().forEach(this::store);
    graph.assigns().values().forEach(this::store);
    for (Unit unit : topological) {
      if (unit.kind == Unit.Kind.OPAQUE) {
        unit.members.get(0).operands().forEach(this::store);
      } else if (unit.kind == Unit.Kind.COPY) {
        store(unit.members.get(0));
      }
    }
    for (Unit unit : topological) {
      if (unit.kind == Unit.Kind.TILE) {
        unit.members.forEach(member -> storeIfShared(unit, member));
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

  /**
   * Writes a member that several units need, unless one value in memory is enough to make it again.
   */
  private void storeIfShared(Unit unit, Tensor member) {
    if (unit.isRow(member) || consumers(unit, member).size() < 2 || stored.contains(member)) {
      return;
    }
    Set<Tensor> loads = new HashSet<>();
    if (!loads(member, loads)) {
      stored.add(member);
    } else if (loads.size() > 1) {
      Tensor source = onlyLargeOperand(member);
      stored.add(source == null ? member : source);
    }
  }

  /**
   * The operand from which, once it is in memory, the member is made with one read; null if there
   * are several.
   */
  private @Nullable Tensor onlyLargeOperand(Tensor member) {
    Tensor large = null;
    for (Tensor operand : member.operands()) {
      Access access = accesses.of(operand);
      Tensor inner = access.base();
      if (inner.shape().size() * 16L > member.shape().size() && !(inner.op() instanceof Op.Fill)) {
        if (large != null || inMemory(inner) || !access.isIdentity()) {
          return null;
        }
        large = inner;
      }
    }
    return large;
  }

  /** Other units that need the member, or members that are made cheaply from it. */
  private Set<Unit> consumers(Unit unit, Tensor member) {
    Set<Unit> others = new HashSet<>();
    for (Tensor user : users.getOrDefault(member, List.of())) {
      Unit owner = fusion.unit(user);
      if (owner != null && owner != unit) {
        others.add(owner);
      } else if (isCheap(user)
          && !stored.contains(user)
          && user.shape().size() == member.shape().size()) {
        others.addAll(consumers(unit, user));
      }
    }
    return others;
  }

  /**
   * Collects the large values in memory that {@code t} is made from; false if it is not made
   * cheaply.
   */
  private boolean loads(Tensor t, Set<Tensor> loads) {
    if (!isCheap(t)) {
      return false;
    }
    for (Tensor operand : t.operands()) {
      Access access = accesses.of(operand);
      Tensor inner = access.base();
      boolean small = inner.shape().size() * 16L <= t.shape().size();
      if (inMemory(inner) || small) {
        if (!small && !(inner.op() instanceof Op.Fill)) {
          loads.add(inner);
        }
      } else if (!access.isIdentity() || !loads(inner, loads)) {
        return false;
      }
    }
    return true;
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
    if (mayInline
        && access.isIdentity()
        && cost(unit, base, plan) <= CHEAP
        && largeLoads(base, plan) <= LOADS) {
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

  /** How many large values from outside {@code plan} it reads. */
  private long largeLoads(Tensor base, Set<Tensor> plan) {
    return plan.stream()
        .flatMap(t -> t.operands().stream())
        .map(operand -> accesses.of(operand).base())
        .filter(inner -> !plan.contains(inner) && !(inner.op() instanceof Op.Fill))
        .filter(inner -> inner.shape().size() * 16L > base.shape().size())
        .distinct()
        .count();
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
