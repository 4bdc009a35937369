package dev.assay.tensor;

import dev.assay.tensor.Op.BinaryFn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Algebra that is exact in floating point, applied while a graph is built. */
final class Simplify {
  private Simplify() {}

  /** A simpler equal of fn(x, y), or null. */
  static @Nullable Tensor binary(BinaryFn fn, Tensor x, Tensor y) {
    @Nullable Float a = fill(x);
    @Nullable Float b = fill(y);
    if (a != null && b != null) {
      return Tensor.fill(apply(fn, a, b), Shape.broadcast(x.shape(), y.shape()));
    }
    boolean keepX = Shape.broadcast(x.shape(), y.shape()).equals(x.shape());
    boolean keepY = Shape.broadcast(x.shape(), y.shape()).equals(y.shape());
    return switch (fn) {
      case ADD -> is(b, 0) && keepX ? x : is(a, 0) && keepY ? y : null;
      case SUB -> is(b, 0) && keepX ? x : null;
      case MUL -> is(b, 1) && keepX ? x : is(a, 1) && keepY ? y : null;
      case DIV -> is(b, 1) && keepX ? x : null;
      case MAX, MIN, POW, LESS, LESS_EQUAL, EQUAL -> null;
    };
  }

  /** A simpler equal of x.slice(starts, sizes), or null. */
  static @Nullable Tensor slice(Tensor x, int[] starts, int[] sizes) {
    return switch (x.op()) {
      case Op.Fill(float value) -> Tensor.fill(value, Shape.of(sizes));
      case Op.Pad(List<Integer> before, List<Integer> _, float _) -> {
        Tensor inner = x.operand(0);
        int[] shifted = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
          shifted[i] = starts[i] - before.get(i);
          if (shifted[i] < 0 || shifted[i] + sizes[i] > inner.dim(i)) {
            yield null;
          }
        }
        yield inner.slice(shifted, sizes);
      }
      case Op.Concat(int axis) -> {
        int start = starts[axis];
        for (Tensor part : x.operands()) {
          if (start >= 0 && start + sizes[axis] <= part.dim(axis)) {
            int[] shifted = starts.clone();
            shifted[axis] = start;
            yield part.slice(shifted, sizes);
          }
          start -= part.dim(axis);
        }
        yield null;
      }
      default -> null;
    };
  }

  /**
   * The tensor of which {@code parts}, perhaps all permuted alike, are neighbouring slices along
   * {@code axis}, or null.
   */
  static @Nullable Tensor concat(int axis, List<Tensor> parts) {
    Tensor first = parts.getFirst();
    if (first.op() instanceof Op.Permute(List<Integer> axes)) {
      List<Tensor> inner = new ArrayList<>();
      for (Tensor part : parts) {
        if (!part.op().equals(first.op())) {
          return null;
        }
        inner.add(part.operand(0));
      }
      Tensor joined = concat(axes.get(axis), inner);
      return joined == null
          ? null
          : joined.permute(axes.stream().mapToInt(Integer::intValue).toArray());
    }
    return neighbours(axis, parts) ? joined(axis, parts) : null;
  }

  private static boolean neighbours(int axis, List<Tensor> slices) {
    if (!(slices.getFirst().op() instanceof Op.Slice(List<Integer> begin, List<Integer> _))) {
      return false;
    }
    List<Integer> expected = new ArrayList<>(begin);
    Tensor whole = slices.getFirst().operand(0);
    for (Tensor slice : slices) {
      if (!(slice.op() instanceof Op.Slice(List<Integer> starts, List<Integer> _))
          || slice.operand(0) != whole
          || !starts.equals(expected)) {
        return false;
      }
      expected.set(axis, expected.get(axis) + slice.dim(axis));
    }
    return true;
  }

  private static Tensor joined(int axis, List<Tensor> slices) {
    Op.Slice first = (Op.Slice) slices.getFirst().op();
    int[] sizes = first.sizes().stream().mapToInt(Integer::intValue).toArray();
    sizes[axis] = slices.stream().mapToInt(slice -> slice.dim(axis)).sum();
    int[] starts = first.starts().stream().mapToInt(Integer::intValue).toArray();
    return slices.getFirst().operand(0).slice(starts, sizes);
  }

  /** fn(x, y) in float arithmetic. */
  static float apply(BinaryFn fn, float x, float y) {
    return switch (fn) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case POW -> (float) Math.pow(x, y);
      case LESS -> x < y ? 1 : 0;
      case LESS_EQUAL -> x <= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
    };
  }

  private static boolean is(@Nullable Float value, float expected) {
    return value != null && value == expected;
  }

  private static @Nullable Float fill(Tensor t) {
    return t.op() instanceof Op.Fill(float value) ? (Float) value : null;
  }
}
