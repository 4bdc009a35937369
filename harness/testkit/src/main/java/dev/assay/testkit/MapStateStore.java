package dev.assay.testkit;

import dev.assay.spi.StateStore;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checkpoint in memory. Arrays are copied in and out, as a file would. */
public final class MapStateStore implements StateStore {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private sealed interface Entry {
    Shape shape();

    boolean sameBits(Entry other);
  }

  private record Floats(Shape shape, float[] values) implements Entry {
    @Override
    public boolean sameBits(Entry other) {
      return other instanceof Floats f
          && shape.equals(f.shape)
          && Arrays.equals(bits(values), bits(f.values));
    }

    private static int[] bits(float[] values) {
      int[] bits = new int[values.length];
      Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
      return bits;
    }
  }

  private record Doubles(Shape shape, double[] values) implements Entry {
    @Override
    public boolean sameBits(Entry other) {
      return other instanceof Doubles d
          && shape.equals(d.shape)
          && Arrays.equals(
              Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray(),
              Arrays.stream(d.values).mapToLong(Double::doubleToRawLongBits).toArray());
    }
  }

  private record Longs(Shape shape, long[] values) implements Entry {
    @Override
    public boolean sameBits(Entry other) {
      return other instanceof Longs l && Arrays.equals(values, l.values);
    }
  }

  @Override
  public void putFloats(String name, Shape shape, float[] values) {
    checkLength(name, shape, values.length);
    put(name, new Floats(shape, values.clone()));
  }

  @Override
  public void putDoubles(String name, Shape shape, double[] values) {
    checkLength(name, shape, values.length);
    put(name, new Doubles(shape, values.clone()));
  }

  @Override
  public void putLongs(String name, long... values) {
    put(name, new Longs(Shape.of(values.length), values.clone()));
  }

  @Override
  public float[] floats(String name, Shape shape) {
    if (find(name) instanceof Floats f && f.shape.equals(shape)) {
      return f.values.clone();
    }
    throw misfit(name, "floats " + shape);
  }

  @Override
  public double[] doubles(String name, Shape shape) {
    if (find(name) instanceof Doubles d && d.shape.equals(shape)) {
      return d.values.clone();
    }
    throw misfit(name, "doubles " + shape);
  }

  @Override
  public long[] longs(String name) {
    if (find(name) instanceof Longs l) {
      return l.values.clone();
    }
    throw misfit(name, "longs");
  }

  /**
   * Overwrites stored floats: to see a model at weights whose results are known.
   *
   * @throws IllegalStateException if there are none of this name and number
   */
  public void replace(String name, float... values) {
    Shape shape = find(name).shape();
    if (!(find(name) instanceof Floats) || shape.size() != values.length) {
      throw misfit(name, "floats [" + values.length + "]");
    }
    entries.put(name, new Floats(shape, values.clone()));
  }

  /** Names in the order of writing. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** One line for each name that only one store has, or whose bits differ; empty if all agree. */
  public List<String> differences(MapStateStore other) {
    List<String> lines = new ArrayList<>();
    entries.forEach((name, entry) -> {
      Entry theirs = other.entries.get(name);
      if (theirs == null) {
        lines.add(name + " is missing in the other");
      } else if (!entry.sameBits(theirs)) {
        lines.add(name + " differs");
      }
    });
    other.entries.keySet().stream()
        .filter(name -> !entries.containsKey(name))
        .forEach(name -> lines.add(name + " is only in the other"));
    return lines;
  }

  private void put(String name, Entry entry) {
    if (entries.putIfAbsent(name, entry) != null) {
      throw new IllegalStateException("'" + name + "' is written twice");
    }
  }

  private Entry find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalStateException("nothing is stored as '" + name + "'; there is " + names());
    }
    return entry;
  }

  private IllegalStateException misfit(String name, String wanted) {
    Entry entry = find(name);
    return new IllegalStateException(
        "'"
            + name
            + "' holds "
            + entry.getClass().getSimpleName()
            + " "
            + entry.shape()
            + ", not "
            + wanted);
  }

  private static void checkLength(String name, Shape shape, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "'" + name + "' of shape " + shape + " got " + length + " values");
    }
  }
}
