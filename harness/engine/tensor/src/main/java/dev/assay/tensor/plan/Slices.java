package dev.assay.tensor.plan;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The elementwise tensors of a graph of which only slices are used, such as the sum from which the
 * gates of a recurrent cell are cut. Computed slice by slice, they meet what reads the slices in
 * one kernel, and are never written.
 */
final class Slices {
  /** Elements that a row of a slice has at least: a vector. */
  private static final int LEAST_ROW = 16;

  /** Tensors that one slice is cut through at most: cutting recurs. */
  private static final int DEEPEST = 100;

  /**
   * What is used of a tensor of which only slices are.
   *
   * @param elements that these have together
   * @param depth tensors from this one to the last one that is split, both counted
   */
  private record Use(int elements, int depth) {}

  private final Map<Tensor, Set<Tensor>> users = new HashMap<>();

  private final Map<Tensor, Use> split = new HashMap<>();

  private final Set<Tensor> kept = new HashSet<>();

  Slices(Graph graph) {
    List<Tensor> order = graph.order();
    for (Tensor t : order) {
      t.operands().forEach(x -> users.computeIfAbsent(x, _ -> new HashSet<>()).add(t));
    }
    kept.addAll(graph.outputs().values());
    kept.addAll(graph.assigns().values());
    order.reversed().forEach(this::measure);
  }

  /** Whether only slices of t are used, so that t need not be computed as a whole. */
  boolean isSplit(Tensor t) {
    return split.containsKey(t);
  }

  /** Whether t is a slice, for elementwise tensors to read, of a tensor that is split. */
  boolean isCut(Tensor t) {
    return t.op() instanceof Op.Slice && isSplit(t.operand(0)) && !isSplit(t);
  }

  private void measure(Tensor t) {
    if (!passes(t) || kept.contains(t) || !users.containsKey(t)) {
      return;
    }
    long elements = 0;
    int depth = 0;
    for (Tensor user : users.get(t)) {
      Use inner = split.get(user);
      if (inner == null && !isCutFor(user)) {
        return;
      }
      elements += inner == null ? user.shape().size() : inner.elements;
      depth = Math.max(depth, inner == null ? 0 : inner.depth);
    }
    if (elements <= t.shape().size() && depth < DEEPEST) {
      split.put(t, new Use((int) elements, depth + 1));
    }
  }

  /** Whether an element of t is a function of one element of each operand. */
  private static boolean passes(Tensor t) {
    return switch (t.op()) {
      case Op.Unary _, Op.Binary _, Op.Where _, Op.Slice _ -> true;
      default -> isThin(t);
    };
  }

  /**
   * Whether t is a slice that elementwise tensors read, of rows that are worth a kernel. Only the
   * last axis counts: others may be the batch, which must not decide how an example is computed.
   */
  private boolean isCutFor(Tensor t) {
    return t.op() instanceof Op.Slice
        && t.shape().size() > 0
        && t.dim(-1) >= LEAST_ROW
        && isReadByElement(t);
  }

  private boolean isReadByElement(Tensor t) {
    return !kept.contains(t)
        && users.containsKey(t)
        && users.get(t).stream()
            .allMatch(
                user -> Fusion.isElementwise(user) || (isThin(user) && isReadByElement(user)));
  }

  /** Whether t is a reshape that only adds or drops axes of extent 1. */
  static boolean isThin(Tensor t) {
    return t.op() instanceof Op.Reshape && Arrays.equals(extents(t), extents(t.operand(0)));
  }

  private static int[] extents(Tensor t) {
    return wideAxes(t).stream().mapToInt(t::dim).toArray();
  }

  /** Axes whose extent is not 1. */
  static List<Integer> wideAxes(Tensor t) {
    return IntStream.range(0, t.rank()).filter(axis -> t.dim(axis) != 1).boxed().toList();
  }
}
