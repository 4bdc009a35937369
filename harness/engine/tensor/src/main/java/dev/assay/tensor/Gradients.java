package dev.assay.tensor;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode derivatives. Every rule is written in tensor operations, so a gradient is an
 * ordinary graph and can be differentiated again.
 */
public final class Gradients {
  private static final float TWO_OVER_SQRT_PI = 1.1283791671f;

  private Gradients() {}

  /**
   * d loss / d x for each x, with x's shape; zeros where the loss does not depend on x.
   *
   * @param loss a tensor of one element
   * @throws ShapeException if the loss has more elements
   */
  public static List<Tensor> of(Tensor loss, List<Tensor> wrt) {
    if (loss.shape().size() != 1) {
      throw new ShapeException("gradient of " + loss + ": a loss has one element");
    }
    return vectorJacobian(loss, Tensor.fill(1, loss.shape()), wrt);
  }

  /** d loss / d x for one x. */
  public static Tensor of(Tensor loss, Tensor x) {
    return of(loss, List.of(x)).get(0);
  }

  /** Σ adjoint · d y / d x for each x. */
  public static List<Tensor> vectorJacobian(Tensor y, Tensor adjoint, List<Tensor> wrt) {
    List<Tensor> order = Graph.order(List.of(y));
    Set<Tensor> active = new HashSet<>(wrt);
    Map<Op, Tensor> named = named(wrt);
    order.stream().filter(t -> named.containsKey(t.op())).forEach(active::add);
    for (Tensor t : order) {
      if (!(t.op() instanceof Op.Detach) && t.operands().stream().anyMatch(active::contains)) {
        active.add(t);
      }
    }
    Map<Tensor, List<Adjoint>> parts = new HashMap<>();
    parts.put(y, List.of(Adjoint.of(adjoint)));
    Map<Tensor, Tensor> result = new HashMap<>();
    Set<Tensor> wanted = new HashSet<>(wrt);
    for (int i = order.size() - 1; i >= 0; i--) {
      Tensor t = order.get(i);
      List<Adjoint> own = parts.remove(t);
      if (own == null || !active.contains(t)) {
        continue;
      }
      Adjoint total = total(own);
      Tensor same = named.getOrDefault(t.op(), t);
      if (wanted.contains(same)) {
        result.merge(same, total.value(), Tensor::add);
      }
      List<@Nullable Adjoint> shares = shares(t, total, active);
      for (int k = 0; k < shares.size(); k++) {
        Adjoint share = shares.get(k);
        if (share != null && active.contains(t.operand(k))) {
          parts.computeIfAbsent(t.operand(k), unused -> new ArrayList<>()).add(share);
        }
      }
    }
    return wrt.stream()
        .map(x -> result.getOrDefault(named.getOrDefault(x.op(), x), Tensor.fill(0, x.shape())))
        .toList();
  }

  /** Variables and inputs among the tensors: any tensor that reads the same one is the same. */
  private static Map<Op, Tensor> named(List<Tensor> tensors) {
    Map<Op, Tensor> named = new HashMap<>();
    for (Tensor t : tensors) {
      if (t.op() instanceof Op.State || t.op() instanceof Op.Input) {
        named.putIfAbsent(t.op(), t);
      }
    }
    return named;
  }

  /** Adjoints of the operands of y, given y's; null for an operand that has none. */
  private static List<@Nullable Adjoint> shares(Tensor y, Adjoint g, Set<Tensor> active) {
    return switch (y.op()) {
      case Op.Unary(UnaryFn fn) -> List.of(g.times(slope(fn, y.operand(0), y)));
      case Op.Binary(BinaryFn fn) when fn == BinaryFn.ADD -> List.of(g, g);
      case Op.Binary(BinaryFn fn) when fn == BinaryFn.MUL ->
          List.of(g.times(y.operand(1)), g.times(y.operand(0)));
      case Op.Binary(BinaryFn fn) -> whole(binary(fn, y, g.value(), active));
      default -> whole(rule(y, g.value(), active));
    };
  }

  private static List<@Nullable Adjoint> whole(List<@Nullable Tensor> shares) {
    List<@Nullable Adjoint> adjoints = new ArrayList<>();
    for (Tensor share : shares) {
      adjoints.add(share == null ? null : Adjoint.of(share));
    }
    return adjoints;
  }

  /** Adjoints of the operands of a y that is no function of one or two, given y's adjoint g. */
  private static List<@Nullable Tensor> rule(Tensor y, Tensor g, Set<Tensor> active) {
    return switch (y.op()) {
      case Op.Input _, Op.State _, Op.Fill _, Op.Constant _, Op.ConstantInt _, Op.Iota _ ->
          List.of();
      case Op.Random _, Op.Cast _, Op.Detach _, Op.ArgMax _ -> none(y);
      case Op.Unary _, Op.Binary _ -> throw new IllegalStateException("elementwise: " + y);
      case Op.Where _ -> {
        Tensor zero = Tensor.fill(0, y.shape());
        Tensor mask = y.operand(0);
        yield list(null, mask.where(g, zero), mask.where(zero, g));
      }
      case Op.Reshape _ -> List.of(g.reshape(y.operand(0).shape()));
      case Op.Permute(List<Integer> axes) -> {
        int[] inverse = new int[axes.size()];
        for (int i = 0; i < inverse.length; i++) {
          inverse[axes.get(i)] = i;
        }
        yield List.of(g.permute(inverse));
      }
      case Op.Broadcast _ -> List.of(sumTo(g, y.operand(0).shape()));
      case Op.Slice(List<Integer> starts, List<Integer> sizes) -> {
        int[] before = new int[starts.size()];
        int[] after = new int[starts.size()];
        for (int i = 0; i < before.length; i++) {
          before[i] = starts.get(i);
          after[i] = y.operand(0).dim(i) - starts.get(i) - sizes.get(i);
        }
        yield List.of(g.pad(before, after, 0));
      }
      case Op.Pad(List<Integer> before, List<Integer> _, float _) ->
          List.of(g.slice(ints(before), y.operand(0).shape().dims()));
      case Op.Concat(int axis) -> {
        List<@Nullable Tensor> shares = new ArrayList<>();
        int start = 0;
        for (Tensor part : y.operands()) {
          shares.add(g.slice(axis, start, part.dim(axis)));
          start += part.dim(axis);
        }
        yield shares;
      }
      case Op.Flip(int axis) -> List.of(g.flip(axis));
      case Op.Reduce(ReduceFn fn, List<Integer> axes) -> List.of(reduce(fn, ints(axes), y, g));
      case Op.MatMul _ -> {
        Tensor a = y.operand(0);
        Tensor b = y.operand(1);
        yield list(
            active.contains(a) ? g.matmul(b.transpose(-1, -2)) : null,
            active.contains(b) ? a.transpose(-1, -2).matmul(g) : null);
      }
      case Op.Conv2d(Op.Window window) -> {
        Tensor x = y.operand(0);
        Tensor f = y.operand(1);
        yield list(
            active.contains(x) ? g.conv2dTranspose(f, window, x.dim(1), x.dim(2)) : null,
            active.contains(f) ? Tensor.conv2dFilter(x, g, window, f.dim(0), f.dim(1)) : null);
      }
      case Op.Conv2dInput(Op.Window window, int _, int _) -> {
        Tensor x = y.operand(0);
        Tensor f = y.operand(1);
        yield list(
            active.contains(x) ? g.conv2d(f, window) : null,
            active.contains(f) ? Tensor.conv2dFilter(g, x, window, f.dim(0), f.dim(1)) : null);
      }
      case Op.Conv2dFilter(Op.Window window, int _, int _) -> {
        Tensor x = y.operand(0);
        Tensor z = y.operand(1);
        yield list(
            active.contains(x) ? z.conv2dTranspose(g, window, x.dim(1), x.dim(2)) : null,
            active.contains(z) ? x.conv2d(g, window) : null);
      }
      case Op.Attention(float scale, boolean causal) -> attention(y, g, scale, causal);
      case Op.AttentionGrad(float scale, boolean causal) -> attentionGrad(y, g, scale, causal);
      case Op.Gather _ -> {
        Tensor table = y.operand(0);
        yield list(Tensor.scatterAdd(y.operand(1), g, table.dim(0)), null);
      }
      case Op.ScatterAdd _ -> list(null, g.gather(y.operand(0)));
      case Op.PutRows _ -> {
        Tensor indices = y.operand(1);
        Tensor values = y.operand(2);
        yield list(g.putRows(indices, Tensor.fill(0, values.shape())), null, g.gather(indices));
      }
    };
  }

  /** fn'(x), where y = fn(x). */
  private static Tensor slope(UnaryFn fn, Tensor x, Tensor y) {
    return switch (fn) {
      case NEG -> Tensor.fill(-1, x.shape());
      case ABS -> x.sign();
      case SIGN, FLOOR -> Tensor.fill(0, x.shape());
      case EXP -> y;
      case EXPM1 -> y.add(1);
      case LOG -> x.reciprocal();
      case LOG1P -> x.add(1).reciprocal();
      case SQRT -> y.reciprocal().mul(0.5f);
      case RSQRT -> y.mul(y).mul(y).mul(-0.5f);
      case RECIPROCAL -> y.mul(y).neg();
      case SIN -> x.cos();
      case COS -> x.sin().neg();
      case TANH -> Tensor.fill(1, x.shape()).sub(y.mul(y));
      case SIGMOID -> y.mul(Tensor.fill(1, x.shape()).sub(y));
      case SOFTPLUS -> x.sigmoid();
      case ERF -> x.mul(x).neg().exp().mul(TWO_OVER_SQRT_PI);
    };
  }

  private static List<@Nullable Tensor> binary(
      BinaryFn fn, Tensor y, Tensor g, Set<Tensor> active) {
    Tensor a = y.operand(0);
    Tensor b = y.operand(1);
    boolean wantA = active.contains(a);
    boolean wantB = active.contains(b);
    return switch (fn) {
      case ADD, MUL -> throw new IllegalStateException("its slopes are factors: " + y);
      case SUB -> list(g, g.neg());
      case DIV -> list(wantA ? g.div(b) : null, wantB ? g.mul(y).div(b).neg() : null);
      case MAX, MIN -> {
        // Ties share the adjoint equally.
        Tensor half = a.equal(b).mul(0.5f);
        Tensor first = fn == BinaryFn.MAX ? b.less(a) : a.less(b);
        Tensor weight = first.add(half);
        yield list(g.mul(weight), g.mul(Tensor.fill(1, y.shape()).sub(weight)));
      }
      case POW -> {
        Tensor zero = Tensor.fill(0, y.shape());
        Tensor logA = zero.less(a).where(a.log(), zero);
        yield list(wantA ? g.mul(b).mul(a.pow(b.sub(1))) : null, wantB ? g.mul(y).mul(logA) : null);
      }
      case LESS, LESS_EQUAL, EQUAL -> none(y);
    };
  }

  private static Tensor reduce(ReduceFn fn, int[] axes, Tensor y, Tensor g) {
    Tensor x = y.operand(0);
    return switch (fn) {
      case SUM -> g.broadcast(x.shape());
      case MAX -> {
        // Ties share the adjoint equally.
        Tensor mask = x.equal(y);
        yield mask.mul(g.div(mask.sumKeep(axes)));
      }
    };
  }

  private static List<@Nullable Tensor> attention(Tensor y, Tensor g, float scale, boolean causal) {
    Tensor q = y.operand(0);
    Tensor k = y.operand(1);
    Tensor v = y.operand(2);
    List<Tensor> operands = new ArrayList<>(List.of(q, k, v));
    operands.add(Tensors.attentionOutput(y, q));
    operands.add(Tensors.attentionLogSumExp(y, q));
    operands.add(Tensors.attentionOutput(g, q));
    operands.addAll(y.operands().subList(3, y.operands().size()));
    Tensor flat = Tensor.attentionGradFlat(operands, scale, causal);
    List<@Nullable Tensor> shares = none(y);
    List<Tensor> adjoints = Tensors.attentionAdjoints(flat, q, k);
    for (int i = 0; i < adjoints.size(); i++) {
      shares.set(i, adjoints.get(i));
    }
    return shares;
  }

  /**
   * The output and log-sum-exp are functions of q, k and v, so the whole derivative flows through
   * those and the adjoint of the output; it is taken of the unfused expression.
   */
  private static List<@Nullable Tensor> attentionGrad(
      Tensor y, Tensor g, float scale, boolean causal) {
    Tensor q = y.operand(0).detach();
    Tensor k = y.operand(1).detach();
    Tensor v = y.operand(2).detach();
    Tensor adjoint = y.operand(5).detach();
    List<Tensor> extra = y.operands().subList(6, y.operands().size());
    Tensor output =
        Tensors.attentionUnfused(q, k, v, extra.isEmpty() ? null : extra.get(0), scale, causal);
    List<Tensor> first = vectorJacobian(output, adjoint, List.of(q, k, v));
    List<Tensor> outer = Tensors.attentionAdjoints(g, q, k);
    Tensor inner =
        first
            .get(0)
            .mul(outer.get(0))
            .sum()
            .add(first.get(1).mul(outer.get(1)).sum())
            .add(first.get(2).mul(outer.get(2)).sum());
    List<Tensor> second = of(inner, List.of(q, k, v, adjoint));
    List<@Nullable Tensor> shares = none(y);
    for (int i = 0; i < 3; i++) {
      shares.set(i, second.get(i));
    }
    shares.set(5, second.get(3));
    return shares;
  }

  /** The sum of adjoints; pads that tile one axis become a concatenation. */
  private static Adjoint total(List<Adjoint> parts) {
    List<Adjoint> distinct = Adjoint.collect(parts);
    if (distinct.size() == 1) {
      return distinct.getFirst();
    }
    List<Tensor> values = distinct.stream().map(Adjoint::value).toList();
    Tensor joined = tiled(values);
    return Adjoint.of(joined != null ? joined : values.stream().reduce(Tensor::add).orElseThrow());
  }

  private static @Nullable Tensor tiled(List<Tensor> parts) {
    int axis = -1;
    List<Tensor> sorted = new ArrayList<>(parts);
    for (Tensor part : parts) {
      if (!(part.op() instanceof Op.Pad(List<Integer> before, List<Integer> after, float value))
          || value != 0) {
        return null;
      }
      for (int i = 0; i < before.size(); i++) {
        if (before.get(i) + after.get(i) > 0) {
          if (axis >= 0 && axis != i) {
            return null;
          }
          axis = i;
        }
      }
    }
    int along = axis;
    sorted.sort((x, y) -> Integer.compare(start(x, along), start(y, along)));
    int next = 0;
    for (Tensor part : sorted) {
      if (start(part, along) != next) {
        return null;
      }
      next += part.operand(0).dim(along);
    }
    return next == parts.get(0).dim(along)
        ? Tensor.concat(along, sorted.stream().map(p -> p.operand(0)).toList())
        : null;
  }

  private static int start(Tensor pad, int axis) {
    return ((Op.Pad) pad.op()).before().get(axis);
  }

  private static Tensor sumTo(Tensor g, Shape shape) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i) == 1 && g.dim(i) != 1) {
        axes.add(i);
      }
    }
    return g.sumKeep(ints(axes));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<@Nullable Tensor> none(Tensor y) {
    return new ArrayList<@Nullable Tensor>(Collections.nCopies(y.operands().size(), null));
  }

  private static List<@Nullable Tensor> list(@Nullable Tensor... shares) {
    return new ArrayList<@Nullable Tensor>(Arrays.asList(shares));
  }
}
