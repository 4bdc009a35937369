package dev.assay.data.text;

import dev.assay.spi.StateStore;
import dev.assay.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Keeps whole numbers alone. */
final class LongsStore implements StateStore {
  private final Map<String, long[]> longs = new HashMap<>();

  @Override
  public void putFloats(String name, Shape shape, float[] values) {
    throw new AssertionError(name);
  }

  @Override
  public void putDoubles(String name, Shape shape, double[] values) {
    throw new AssertionError(name);
  }

  @Override
  public void putLongs(String name, long... values) {
    longs.put(name, values.clone());
  }

  @Override
  public float[] floats(String name, Shape shape) {
    throw new AssertionError(name);
  }

  @Override
  public double[] doubles(String name, Shape shape) {
    throw new AssertionError(name);
  }

  @Override
  public long[] longs(String name) {
    return Objects.requireNonNull(longs.get(name));
  }
}
