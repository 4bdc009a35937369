package dev.assay.runner.execute;

import dev.assay.spi.StateStore;
import dev.assay.store.NamedArrays;
import dev.assay.store.NamedArrays.Array;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** State in memory, in the form in which checkpoints hold it. */
final class TensorState implements StateStore {
  private final Map<String, Array> arrays = new LinkedHashMap<>();

  TensorState() {}

  TensorState(NamedArrays content) {
    arrays.putAll(content.arrays());
  }

  Map<String, Array> arrays() {
    return arrays;
  }

  Set<String> names() {
    return arrays.keySet();
  }

  @Override
  public void putFloats(String name, Shape shape, float[] values) {
    put(name, new Array.F32(shape.dims(), values.clone()));
  }

  @Override
  public void putDoubles(String name, Shape shape, double[] values) {
    put(name, new Array.F64(shape.dims(), values.clone()));
  }

  @Override
  public void putLongs(String name, long... values) {
    put(name, new Array.I64(new int[] {values.length}, values.clone()));
  }

  @Override
  public float[] floats(String name, Shape shape) {
    if (get(name) instanceof Array.F32 a) {
      requireShape(name, a, shape);
      return a.values().clone();
    }
    throw otherType(name, "F32");
  }

  @Override
  public double[] doubles(String name, Shape shape) {
    if (get(name) instanceof Array.F64 a) {
      requireShape(name, a, shape);
      return a.values().clone();
    }
    throw otherType(name, "F64");
  }

  @Override
  public long[] longs(String name) {
    if (get(name) instanceof Array.I64 a) {
      return a.values().clone();
    }
    throw otherType(name, "I64");
  }

  private void put(String name, Array array) {
    if (arrays.putIfAbsent(name, array) != null) {
      throw new IllegalArgumentException("two arrays have the name '" + name + "'");
    }
  }

  private Array get(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException(
          "the checkpoint has no '" + name + "'; it has " + String.join(", ", arrays.keySet()));
    }
    return array;
  }

  private static void requireShape(String name, Array array, Shape shape) {
    if (!Arrays.equals(array.shape(), shape.dims())) {
      throw new IllegalStateException(
          "'"
              + name
              + "' has shape "
              + Arrays.toString(array.shape())
              + " in the checkpoint, but "
              + shape
              + " in the model");
    }
  }

  private IllegalStateException otherType(String name, String wanted) {
    return new IllegalStateException(
        "'"
            + name
            + "' is "
            + get(name).type()
            + " in the checkpoint, but "
            + wanted
            + " is asked");
  }
}
