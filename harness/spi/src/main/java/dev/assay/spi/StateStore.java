package dev.assay.spi;

import dev.assay.tensor.Shape;

/** Named arrays of one model's checkpoint. Names are unique; order of writing is kept. */
public interface StateStore {
  void putFloats(String name, Shape shape, float[] values);

  void putDoubles(String name, Shape shape, double[] values);

  void putLongs(String name, long... values);

  /**
   * @throws IllegalStateException if the name is missing or its shape differs; the message names
   *     both
   */
  float[] floats(String name, Shape shape);

  /**
   * @throws IllegalStateException if the name is missing or its shape differs; the message names
   *     both
   */
  double[] doubles(String name, Shape shape);

  /**
   * @throws IllegalStateException if the name is missing
   */
  long[] longs(String name);
}
