package dev.assay.tensor.reference;

import dev.assay.tensor.Tensor;
import java.util.List;

/** Operations that only place elements: each result element names the operand element it copies. */
final class Movement {
  private Movement() {}

  static double[] permute(Tensor t, double[] x, List<Integer> axes) {
    int[] strides = t.operand(0).shape().strides();
    return Values.of(
        t.shape(),
        index -> {
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            offset += index[i] * strides[axes.get(i)];
          }
          return x[offset];
        });
  }

  static double[] broadcast(Tensor t, double[] x) {
    int[] strides = t.operand(0).shape().strides();
    int[] dims = t.operand(0).shape().dims();
    return Values.of(
        t.shape(),
        index -> {
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            offset += dims[i] == 1 ? 0 : index[i] * strides[i];
          }
          return x[offset];
        });
  }

  static double[] slice(Tensor t, double[] x, List<Integer> starts) {
    int[] strides = t.operand(0).shape().strides();
    return Values.of(
        t.shape(),
        index -> {
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            offset += (starts.get(i) + index[i]) * strides[i];
          }
          return x[offset];
        });
  }

  static double[] pad(Tensor t, double[] x, List<Integer> before, float value) {
    int[] strides = t.operand(0).shape().strides();
    int[] dims = t.operand(0).shape().dims();
    return Values.of(
        t.shape(),
        index -> {
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            int from = index[i] - before.get(i);
            if (from < 0 || from >= dims[i]) {
              return value;
            }
            offset += from * strides[i];
          }
          return x[offset];
        });
  }

  static double[] concat(Tensor t, List<double[]> parts, int axis) {
    return Values.of(
        t.shape(),
        index -> {
          int part = 0;
          int position = index[axis];
          while (position >= t.operand(part).dim(axis)) {
            position -= t.operand(part).dim(axis);
            part++;
          }
          int[] strides = t.operand(part).shape().strides();
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            offset += (i == axis ? position : index[i]) * strides[i];
          }
          return parts.get(part)[offset];
        });
  }

  static double[] flip(Tensor t, double[] x, int axis) {
    int[] strides = t.shape().strides();
    int last = t.dim(axis) - 1;
    return Values.of(
        t.shape(),
        index -> {
          int offset = 0;
          for (int i = 0; i < index.length; i++) {
            offset += (i == axis ? last - index[i] : index[i]) * strides[i];
          }
          return x[offset];
        });
  }
}
