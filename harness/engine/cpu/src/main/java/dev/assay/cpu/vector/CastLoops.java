package dev.assay.cpu.vector;

import static dev.assay.cpu.memory.Memory.load;
import static dev.assay.cpu.memory.Memory.store;
import static dev.assay.cpu.vector.Lines.L;
import static dev.assay.cpu.vector.Lines.S;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Loops between floats and ints over whole vectors. */
final class CastLoops {
  static final UnaryLoops.Loop TO_FLOAT = CastLoops::toFloat;

  /** Truncates toward zero. */
  static final UnaryLoops.Loop TO_INT = CastLoops::toInt;

  private CastLoops() {}

  private static void toFloat(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      store(VectorMath.toFloats(load(a).reinterpretAsInts()), d);
    }
  }

  private static void toInt(int n, long d, long a, long s) {
    for (int i = 0; i < n; i += L, d += S, a += s) {
      IntVector ints = (IntVector) load(a).convert(VectorOperators.F2I, 0);
      store(ints.reinterpretAsFloats(), d);
    }
  }
}
