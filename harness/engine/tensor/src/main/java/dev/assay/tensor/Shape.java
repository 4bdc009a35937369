package dev.assay.tensor;

import java.util.Arrays;

/** Extents of a tensor, outermost first (row-major). Rank 0 is a scalar. Immutable. */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * @param dims extents, each at least 0
   * @throws ShapeException if an extent is negative or the element count exceeds 2³¹−1
   */
  public static Shape of(int... dims) {
    long size = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new ShapeException("extents must not be negative: " + Arrays.toString(dims));
      }
      size *= d;
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException("more than 2^31-1 elements: " + Arrays.toString(dims));
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  /** Extent of an axis; negative axes count from the end. */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** Extents, outermost first; a copy. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of elements; 1 for a scalar. */
  public int size() {
    int size = 1;
    for (int d : dims) {
      size *= d;
    }
    return size;
  }

  /**
   * The axis as an index from 0.
   *
   * @param axis from −rank to rank−1
   * @throws ShapeException if out of that range
   */
  public int axis(int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new ShapeException("axis " + axis + " does not exist in shape " + this);
    }
    return a;
  }

  /** Elements between neighbours along each axis of a contiguous tensor of this shape. */
  public int[] strides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /** This shape with one extent replaced. */
  public Shape with(int axis, int extent) {
    int[] copy = dims.clone();
    copy[axis(axis)] = extent;
    return of(copy);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int a = axis(axis);
    int[] copy = new int[dims.length - 1];
    System.arraycopy(dims, 0, copy, 0, a);
    System.arraycopy(dims, a + 1, copy, a, copy.length - a);
    return of(copy);
  }

  /** This shape with an axis of the given extent inserted before {@code axis} (0 to rank). */
  public Shape insert(int axis, int extent) {
    int[] copy = new int[dims.length + 1];
    System.arraycopy(dims, 0, copy, 0, axis);
    copy[axis] = extent;
    System.arraycopy(dims, axis, copy, axis + 1, dims.length - axis);
    return of(copy);
  }

  /**
   * The common shape of two operands under NumPy's broadcasting rule.
   *
   * @throws ShapeException if an axis differs and neither extent is 1
   */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.rank() ? a.dims[a.rank() - i] : 1;
      int y = i <= b.rank() ? b.dims[b.rank() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new ShapeException("shapes " + a + " and " + b + " do not broadcast");
      }
      out[rank - i] = x == 1 ? y : x;
    }
    return of(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [32, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
