package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a graph into an equal one with common subexpressions shared, detachments gone, empty
 * contractions filled, sums of thin products joined, and every reduction over one run of axes.
 */
final class Normalize {
  private record Key(Op op, List<Tensor> operands, DType dtype, Shape shape) {}

  private record Cut(Tensor whole, List<Integer> starts, List<Integer> sizes) {}

  private final Map<Tensor, Tensor> rewritten = new HashMap<>();
  private final Map<Tensor, Integer> uses = new HashMap<>();
  private final Map<Tensor, Integer> ages = new HashMap<>();
  private final Map<Key, Tensor> shared = new HashMap<>();
  private final Map<Cut, Tensor> cuts = new HashMap<>();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Slices slices;

  private Normalize(Graph graph) {
    slices = new Slices(graph);
  }

  static Graph of(Graph graph) {
    Normalize pass = new Normalize(graph);
    pass.count(graph);
    for (Tensor t : graph.order()) {
      Tensor r = pass.rewrite(t);
      pass.rewritten.put(t, r);
      pass.ages.putIfAbsent(r, pass.ages.size());
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    Map<Variable, Tensor> assigns = new LinkedHashMap<>();
    graph.outputs().forEach((name, t) -> outputs.put(name, pass.get(t)));
    graph.assigns().forEach((variable, t) -> assigns.put(variable, pass.get(t)));
    return new Graph(outputs, assigns);
  }

  private void count(Graph graph) {
    for (Tensor t : graph.order()) {
      t.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
    }
    graph.outputs().values().forEach(t -> uses.merge(t, 1, Integer::sum));
    graph.assigns().values().forEach(t -> uses.merge(t, 1, Integer::sum));
  }

  private Tensor get(Tensor t) {
    Tensor r = rewritten.get(t);
    if (r == null) {
      throw new IllegalStateException("operand out of order: " + t);
    }
    return r;
  }

  private Tensor rewrite(Tensor t) {
    List<Tensor> operands = t.operands().stream().map(this::get).toList();
    return switch (t.op()) {
      case Op.Detach _ -> operands.get(0);
      case Op.Input(String name) -> {
        Tensor known = inputs.putIfAbsent(name, t);
        if (known != null && (!known.shape().equals(t.shape()) || known.dtype() != t.dtype())) {
          throw new ShapeException("input '" + name + "' is used as " + known + " and as " + t);
        }
        yield known == null ? t : known;
      }
      case Op.Reduce(Op.ReduceFn fn, List<Integer> axes) -> {
        Tensor x = operands.get(0);
        if (x.shape().size() == 0 && t.shape().size() > 0) {
          float empty = fn == Op.ReduceFn.SUM ? 0 : Float.NEGATIVE_INFINITY;
          yield share(Tensor.fill(empty, t.shape()));
        }
        yield runs(x, axes) > 1
            ? gathered(x, fn, axes, t.shape())
            : share(t.withOperands(operands));
      }
      case Op.Permute(List<Integer> axes)
          when operands.get(0).op() instanceof Op.Concat(int axis) ->
          permutedParts(operands.get(0), axes, axes.indexOf(axis));
      case Op.Binary(Op.BinaryFn fn)
          when fn == Op.BinaryFn.ADD
              && t.operands().stream().allMatch(x -> uses.getOrDefault(x, 0) == 1)
              && areThinProducts(operands) ->
          sumOfProducts(operands.get(0), operands.get(1));
      case Op.Slice(List<Integer> starts, List<Integer> sizes) when slices.isCut(t) ->
          cut(t.operand(0), starts, sizes);
      case Op.Concat(int axis) when axis == 0 && operands.stream().allMatch(Normalize::isLifted) ->
          share(
              share(Tensor.concat(0, operands.stream().map(x -> x.operand(0)).toList()))
                  .reshape(t.shape()));
      case Op.MatMul _ when operands.get(0).dim(-1) == 0 -> share(Tensor.fill(0, t.shape()));
      case Op.Reshape _, Op.Permute _, Op.Broadcast _, Op.Slice _, Op.Flip _
          when operands.get(0).op() instanceof Op.Fill(float value) ->
          share(Tensor.fill(value, t.shape()));
      default -> share(t.withOperands(operands));
    };
  }

  /** A permuted concatenation as the concatenation of permuted parts, which saves a copy. */
  private Tensor permutedParts(Tensor concat, List<Integer> axes, int axis) {
    int[] order = ints(axes);
    return share(
        Tensor.concat(
            axis, concat.operands().stream().map(part -> share(part.permute(order))).toList()));
  }

  /**
   * Whether x is a reshape that adds an axis of extent 1 in front: such parts of a concatenation
   * along it may as well be joined along their own first axis.
   */
  private static boolean isLifted(Tensor x) {
    return x.op() instanceof Op.Reshape
        && x.rank() > 1
        && x.shape().equals(x.operand(0).shape().insert(0, 1));
  }

  /** A slice of a tensor of the old graph; if that is split, made from slices of its operands. */
  private Tensor cut(Tensor t, List<Integer> starts, List<Integer> sizes) {
    Cut key = new Cut(t, List.copyOf(starts), List.copyOf(sizes));
    Tensor known = cuts.get(key);
    if (known == null) {
      known = made(t, key.starts, key.sizes);
      cuts.put(key, known);
    }
    return known;
  }

  private Tensor made(Tensor t, List<Integer> starts, List<Integer> sizes) {
    Tensor whole = get(t);
    if (!slices.isSplit(t) || !whole.op().equals(t.op())) {
      return share(whole.slice(ints(starts), ints(sizes)));
    }
    return switch (t.op()) {
      case Op.Slice(List<Integer> begins, List<Integer> _) -> {
        List<Integer> moved = new ArrayList<>(starts);
        for (int i = 0; i < begins.size(); i++) {
          moved.set(i, starts.get(i) + begins.get(i));
        }
        yield cut(t.operand(0), moved, sizes);
      }
      case Op.Reshape _ -> {
        List<Integer> wide = Slices.wideAxes(t);
        List<Integer> from = Slices.wideAxes(t.operand(0));
        List<Integer> moved = new ArrayList<>(Collections.nCopies(t.operand(0).rank(), 0));
        List<Integer> cut = new ArrayList<>(Collections.nCopies(t.operand(0).rank(), 1));
        for (int i = 0; i < from.size(); i++) {
          moved.set(from.get(i), starts.get(wide.get(i)));
          cut.set(from.get(i), sizes.get(wide.get(i)));
        }
        yield share(cut(t.operand(0), moved, cut).reshape(ints(sizes)));
      }
      default -> {
        List<Tensor> parts = t.operands().stream().map(x -> cut(x, starts, sizes)).toList();
        yield share(
            switch (t.op()) {
              case Op.Unary(Op.UnaryFn fn) -> parts.get(0).unary(fn);
              case Op.Binary(Op.BinaryFn fn) -> parts.get(0).binary(fn, parts.get(1));
              case Op.Where _ -> parts.get(0).where(parts.get(1), parts.get(2));
              default -> throw new IllegalStateException("not elementwise: " + t);
            });
      }
    };
  }

  /** Whether joining the factors of two products moves less than adding the products would. */
  private static boolean areThinProducts(List<Tensor> terms) {
    for (Tensor t : terms) {
      if (!(t.op() instanceof Op.MatMul) || t.rank() != 2) {
        return false;
      }
    }
    Tensor added = terms.get(1);
    long k = added.operand(0).dim(1);
    return k * (added.dim(0) + added.dim(1)) <= (long) added.dim(0) * added.dim(1);
  }

  /**
   * A B + C D = [A C] [B; D]: a weight's adjoints over time become one product. The first to be
   * computed comes first, so that states over time lie in one order for every use.
   */
  private Tensor sumOfProducts(Tensor x, Tensor y) {
    boolean appends = age(x.operand(0)) <= age(y.operand(0));
    Tensor left = joined(1, x.operand(0), y.operand(0), appends);
    Tensor right = joined(0, x.operand(1), y.operand(1), appends);
    return share(left.matmul(right));
  }

  /** When what a tensor is made of was rewritten. */
  private int age(Tensor t) {
    Tensor source = t;
    while (Fusion.isMovement(source) || source.op() instanceof Op.Concat) {
      source = source.operand(0);
    }
    return ages.getOrDefault(source, 0);
  }

  /** The concatenation of a's parts with b behind them, if it appends, or in front of them. */
  private Tensor joined(int axis, Tensor a, Tensor b, boolean appends) {
    List<Integer> swap = List.of(1, 0);
    if (a.op() instanceof Op.Permute(List<Integer> p)
        && b.op() instanceof Op.Permute(List<Integer> q)
        && p.equals(swap)
        && q.equals(swap)) {
      return share(joined(1 - axis, a.operand(0), b.operand(0), appends).permute(1, 0));
    }
    List<Tensor> parts = new ArrayList<>();
    if (a.op() instanceof Op.Concat(int along) && along == axis) {
      parts.addAll(a.operands());
    } else {
      parts.add(a);
    }
    parts.add(appends ? parts.size() : 0, b);
    return share(Tensor.concat(axis, parts));
  }

  private Tensor share(Tensor t) {
    return shared.computeIfAbsent(new Key(t.op(), t.operands(), t.dtype(), t.shape()), unused -> t);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many runs of neighbouring reduced axes there are, axes of extent 1 aside. */
  private static int runs(Tensor x, List<Integer> axes) {
    int runs = 0;
    boolean inside = false;
    for (int i = 0; i < x.rank(); i++) {
      if (x.dim(i) != 1) {
        boolean reduced = axes.contains(i);
        runs += reduced && !inside ? 1 : 0;
        inside = reduced;
      }
    }
    return runs;
  }

  /** The same reduction with the reduced axes moved to the end. */
  private Tensor gathered(Tensor x, Op.ReduceFn fn, List<Integer> axes, Shape shape) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        order.add(i);
      }
    }
    int kept = order.size();
    order.addAll(axes);
    int[] trailing = new int[axes.size()];
    for (int i = 0; i < trailing.length; i++) {
      trailing[i] = kept + i;
    }
    Tensor moved = share(x.permute(ints(order)));
    return share(share(moved.reduceKeep(fn, trailing)).reshape(shape));
  }
}
