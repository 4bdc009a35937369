package dev.assay.cpu.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.RandomStream;
import java.lang.foreign.Arena;

/**
 * Off-heap floats for a test, with a margin on both sides that must stay as it is: what a kernel
 * writes outside its operand is found. Or with a page behind them that cannot be touched: a kernel
 * that reads outside its operand ends the process.
 */
public final class Floats {
  private static final int MARGIN = 64;
  private static final float UNTOUCHED = 12345.678f;

  private final long address;
  private final int size;
  private final int after;

  private Floats(Arena arena, int size) {
    this(Memory.allocate(arena, 4L * (size + 2 * MARGIN)) + 4L * MARGIN, size, MARGIN);
  }

  private Floats(long address, int size, int after) {
    this.address = address;
    this.size = size;
    this.after = after;
    for (int i = -MARGIN; i < size + after; i++) {
      Memory.setFloat(address + 4L * i, UNTOUCHED);
    }
  }

  /** A copy of the values before a page that cannot be touched. Linux only. */
  public static Floats fenced(Arena arena, float[] values) {
    long page = Fence.before(arena, 4L * (values.length + MARGIN));
    Floats floats = new Floats(page - 4L * values.length, values.length, 0);
    floats.set(values);
    return floats;
  }

  /** All NaN: a kernel must write each of them and read none. */
  public static Floats empty(Arena arena, int size) {
    Floats floats = new Floats(arena, size);
    floats.fill(Float.NaN);
    return floats;
  }

  /** Uniform on (−1, 1). */
  public static Floats random(Arena arena, int size, String name) {
    return of(arena, random(size, name));
  }

  /** The same numbers on the heap. */
  public static float[] random(int size, String name) {
    float[] values = new float[size];
    RandomStream stream = RandomStream.root(7).child(name);
    for (int i = 0; i < size; i++) {
      values[i] = 2 * stream.nextFloat() - 1;
    }
    return values;
  }

  /** A copy of the values. */
  public static Floats of(Arena arena, float[] values) {
    Floats floats = new Floats(arena, values.length);
    floats.set(values);
    return floats;
  }

  private void set(float[] values) {
    for (int i = 0; i < size; i++) {
      Memory.setFloat(address + 4L * i, values[i]);
    }
  }

  /** Address in bytes of the first element. */
  public long address() {
    return address;
  }

  /** Sets all elements. */
  public void fill(float value) {
    for (int i = 0; i < size; i++) {
      Memory.setFloat(address + 4L * i, value);
    }
  }

  /** The elements now; fails if something was written beside them. */
  public float[] values() {
    for (int i = 0; i < MARGIN; i++) {
      assertThat(get(-1 - i)).as("before the operand").isEqualTo(UNTOUCHED);
    }
    for (int i = 0; i < after; i++) {
      assertThat(get(size + i)).as("after the operand").isEqualTo(UNTOUCHED);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = get(i);
    }
    return values;
  }

  /** One element. */
  public float get(int index) {
    return Memory.getFloat(address + 4L * index);
  }

  /** Checks each element against a value computed in double. */
  public static void assertClose(float[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      boolean close = Math.abs(actual[i] - expected[i]) <= tolerance || actual[i] == expected[i];
      if (!close) {
        assertThat((double) actual[i])
            .as("element %d", i)
            .isCloseTo(expected[i], within(tolerance));
      }
    }
  }
}
