package dev.assay.cpu.kernel;

import static dev.assay.cpu.memory.Memory.LANES;
import static dev.assay.cpu.memory.Memory.getFloat;
import static dev.assay.cpu.memory.Memory.load;

import dev.assay.cpu.memory.Memory;
import jdk.incubator.vector.FloatVector;

/** Sums of partial results, in their order. */
final class Sums {
  private Sums() {}

  /** {@code to[i] = Σ parts[i]} over {@code count} rows that lie {@code stride} bytes apart. */
  static void rows(int n, int count, long parts, long stride, long to) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector sum = load(parts + 4L * i);
      for (int part = 1; part < count; part++) {
        sum = sum.add(load(parts + part * stride + 4L * i));
      }
      Memory.store(sum, to + 4L * i);
    }
    for (; i < n; i++) {
      float sum = getFloat(parts + 4L * i);
      for (int part = 1; part < count; part++) {
        sum += getFloat(parts + part * stride + 4L * i);
      }
      Memory.setFloat(to + 4L * i, sum);
    }
  }
}
