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
  /** Neighbouring elements that a slice has at least: a vector. */
  private static final int LEAST_RUN = 16;

  private final Map<Tensor, Set<Tensor>> users = new HashMap<>();

  /** For each tensor of which only slices are used, the elements that these have together. */
  private final Map<Tensor, Integer> split = new HashMap<>();

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
    for (Tensor user : users.get(t)) {
      Integer inner = split.get(user);
      if (inner == null && !isCutFor(user)) {
        return;
      }
      elements += inner == null ? user.shape().size() : inner;
    }
    if (elements <= t.shape().size()) {
      split.put(t, (int) elements);
    }
  }

  /** Whether an element of t is a function of one element of each operand. */
  private static boolean passes(Tensor t) {
    return switch (t.op()) {
      case Op.Unary _, Op.Binary _, Op.Where _, Op.Slice _ -> true;
      default -> isThin(t);
    };
  }

  /** Whether t is a slice that elementwise tensors read, of runs that are worth a kernel. */
  private boolean isCutFor(Tensor t) {
    return t.op() instanceof Op.Slice && run(t) >= LEAST_RUN && isReadByElement(t);
  }

  /** Elements of a slice that are neighbours in what it is cut from. */
  private static int run(Tensor slice) {
    int run = 1;
    for (int i = slice.rank() - 1; i >= 0; i--) {
      run *= slice.dim(i);
      if (slice.dim(i) != slice.operand(0).dim(i)) {
        break;
      }
    }
    return run;
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
