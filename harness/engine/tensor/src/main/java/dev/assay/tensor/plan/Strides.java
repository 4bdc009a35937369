package dev.assay.tensor.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arithmetic on extents and strides (in elements) of row-major index spaces. */
final class Strides {
  private Strides() {}

  static int size(int[] dims) {
    int size = 1;
    for (int d : dims) {
      size *= d;
    }
    return size;
  }

  static int[] contiguous(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /** Whether element i in row-major order is at offset i. */
  static boolean isContiguous(int[] dims, int[] strides) {
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] != 1) {
        if (strides[i] != stride) {
          return false;
        }
        stride *= dims[i];
      }
    }
    return true;
  }

  /**
   * Dims and strides of an equal index map with as few axes as possible, extents of 1 dropped:
   * {dims, strides}.
   */
  static int[][] collapse(int[] dims, int[] strides) {
    int[] d = new int[dims.length];
    int[] s = new int[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      if (n > 0 && s[n - 1] == strides[i] * dims[i]) {
        d[n - 1] *= dims[i];
        s[n - 1] = strides[i];
      } else {
        d[n] = dims[i];
        s[n++] = strides[i];
      }
    }
    return new int[][] {Arrays.copyOf(d, n), Arrays.copyOf(s, n)};
  }

  /** Strides of the same elements under other extents, or null if no strides can express it. */
  static int @Nullable [] reshape(int[] dims, int[] strides, int[] to) {
    if (size(dims) == 0) {
      return contiguous(to);
    }
    int[][] flat = collapse(dims, strides);
    int[] result = new int[to.length];
    int axis = flat[0].length - 1;
    int left = axis >= 0 ? flat[0][axis] : 1;
    int stride = axis >= 0 ? flat[1][axis] : 1;
    for (int i = to.length - 1; i >= 0; i--) {
      if (to[i] == 1) {
        continue;
      }
      if (left == 1) {
        axis--;
        left = flat[0][axis];
        stride = flat[1][axis];
      }
      if (left % to[i] != 0) {
        return null;
      }
      result[i] = stride;
      left /= to[i];
      stride *= to[i];
    }
    return result;
  }

  /**
   * The coarsest extents of which both {@code a} and {@code b} (of equal size) are groupings, or
   * null if there are none.
   */
  static int @Nullable [] refine(int[] a, int[] b) {
    int[] dims = new int[a.length + b.length];
    int n = dims.length;
    int i = a.length - 1;
    int j = b.length - 1;
    int left = 1;
    int right = 1;
    while (true) {
      while (left == 1 && i >= 0) {
        left = a[i--];
      }
      while (right == 1 && j >= 0) {
        right = b[j--];
      }
      if (left == 1 && right == 1) {
        return Arrays.copyOfRange(dims, n, dims.length);
      }
      int step = Math.min(left, right);
      if (left % step != 0 || right % step != 0) {
        return null;
      }
      dims[--n] = step;
      left /= step;
      right /= step;
    }
  }
}
