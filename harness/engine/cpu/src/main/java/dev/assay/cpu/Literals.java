package dev.assay.cpu;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes the elements of constant tensors. */
final class Literals {
  private Literals() {}

  static void write(Tensor value, long address) {
    switch (value.op()) {
      case Op.Constant(float[] values) ->
          MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_FLOAT, address, values.length);
      case Op.ConstantInt(int[] values) ->
          MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_INT, address, values.length);
      case Op.Fill(float number) -> {
        for (int i = 0; i < value.shape().size(); i++) {
          Memory.setFloat(address + (long) i * DType.BYTES, number);
        }
      }
      case Op.Iota(int axis) -> {
        int stride = value.shape().strides()[axis];
        for (int i = 0; i < value.shape().size(); i++) {
          Memory.setFloat(address + (long) i * DType.BYTES, i / stride % value.dim(axis));
        }
      }
      default -> throw new IllegalStateException("not a constant: " + value);
    }
  }
}
