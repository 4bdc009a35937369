package dev.assay.tensor.reference;

import dev.assay.tensor.Shape;
import java.util.function.ToDoubleFunction;

/**
 * Elements of a tensor as doubles, row-major: an F32 element is a float, an I32 element an int, and
 * a double holds both exactly.
 */
final class Values {
  private Values() {}

  static double[] of(float[] from) {
    double[] values = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      values[i] = from[i];
    }
    return values;
  }

  static double[] of(int[] from) {
    double[] values = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      values[i] = from[i];
    }
    return values;
  }

  /** The element at each index of the shape; the index array is reused. */
  static double[] of(Shape shape, ToDoubleFunction<int[]> element) {
    double[] values = new double[shape.size()];
    int[] index = new int[shape.rank()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsDouble(index);
      advance(index, shape);
    }
    return values;
  }

  /** The next index in row-major order. */
  static void advance(int[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape.dim(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  static void copy(double[] from, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) from[i];
    }
  }

  static void copy(double[] from, int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (int) from[i];
    }
  }
}
