package dev.assay.jcuda.ptx;

import dev.assay.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Extents, and the strides of several views over them, with as few axes as all views allow. Writes
 * the arithmetic from the number of an element to its place in each view.
 */
final class IndexSpace {
  private final int[] dims;
  private final int[][] strides;

  /**
   * @param strides of each view, as many as {@code dims}
   */
  IndexSpace(int[] dims, List<int[]> strides) {
    List<Integer> axes = new ArrayList<>();
    int[] merged = new int[dims.length];
    int[][] steps = new int[strides.size()][dims.length];
    int n = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 1) {
        continue;
      }
      if (n > 0 && continues(strides, axes.get(n - 1), axis, dims[axis])) {
        merged[n - 1] *= dims[axis];
        axes.set(n - 1, axis);
      } else {
        merged[n++] = dims[axis];
        axes.add(axis);
      }
      for (int v = 0; v < steps.length; v++) {
        steps[v][n - 1] = strides.get(v)[axis];
      }
    }
    this.dims = java.util.Arrays.copyOf(merged, n);
    this.strides = new int[steps.length][];
    for (int v = 0; v < steps.length; v++) {
      this.strides[v] = java.util.Arrays.copyOf(steps[v], n);
    }
  }

  private static boolean continues(List<int[]> strides, int outer, int inner, int extent) {
    return strides.stream().allMatch(s -> (long) s[inner] * extent == s[outer]);
  }

  /** Extents after merging; none if there is one element. */
  int[] dims() {
    return dims;
  }

  /** Of a view, over {@link #dims}. */
  int[] strides(int view) {
    return strides[view];
  }

  /** The index along each axis of element number {@code i}, a register below 2³¹. */
  static String[] split(Assembly out, String i, int[] dims) {
    String[] index = new String[dims.length];
    String left = i;
    for (int axis = dims.length - 1; axis > 0; axis--) {
      String quotient = divide(out, left, dims[axis]);
      String product = out.s32("mul.lo.s32", quotient, String.valueOf(dims[axis]));
      index[axis] = out.s32("sub.s32", left, product);
      left = quotient;
    }
    if (dims.length > 0) {
      index[0] = left;
    }
    return index;
  }

  /** Granlund and Montgomery 1994: for 0 ≤ n < 2³¹, n / d is the high part of a product. */
  private static String divide(Assembly out, String n, int d) {
    int log = 32 - Integer.numberOfLeadingZeros(d - 1);
    if (1 << log == d) {
      return out.s32("shr.u32", n, String.valueOf(log));
    }
    long factor = ((1L << (31 + log)) + d - 1) / d;
    String high = out.s32("mul.hi.u32", n, Long.toString(factor));
    return out.s32("shr.u32", high, String.valueOf(log - 1));
  }

  /** The address of an element of a view whose first element is at {@code base}. */
  static String address(Assembly out, String base, String[] index, int[] strides) {
    String address = base;
    for (int axis = 0; axis < strides.length; axis++) {
      long bytes = (long) strides[axis] * DType.BYTES;
      if (bytes == (int) bytes && bytes != 0) {
        address = out.b64("mad.wide.s32", index[axis], Long.toString(bytes), address);
      } else if (bytes != 0) {
        String wide = out.b64("cvt.s64.s32", index[axis]);
        address = out.b64("mad.lo.s64", wide, Long.toString(bytes), address);
      }
    }
    return address;
  }
}
