package dev.assay.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a safetensors file holds.
 *
 * @param arrays by name, in file order
 * @param metadata further facts, text by name
 */
public record NamedArrays(Map<String, Array> arrays, Map<String, String> metadata) {
  public NamedArrays {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Numbers of one type with a shape; the product of the extents is the length. */
  public sealed interface Array {
    /** Extents, outermost first; empty for a scalar. */
    int[] shape();

    int length();

    /** Safetensors' word for the element type. */
    String type();

    /** Bytes of one element. */
    int width();

    /** IEEE 754 binary32. */
    record F32(int[] shape, float[] values) implements Array {
      public F32 {
        check(shape, values.length);
      }

      @Override
      public int length() {
        return values.length;
      }

      @Override
      public String type() {
        return "F32";
      }

      @Override
      public int width() {
        return Float.BYTES;
      }
    }

    /** IEEE 754 binary64. */
    record F64(int[] shape, double[] values) implements Array {
      public F64 {
        check(shape, values.length);
      }

      @Override
      public int length() {
        return values.length;
      }

      @Override
      public String type() {
        return "F64";
      }

      @Override
      public int width() {
        return Double.BYTES;
      }
    }

    /** 32-bit signed integers. */
    record I32(int[] shape, int[] values) implements Array {
      public I32 {
        check(shape, values.length);
      }

      @Override
      public int length() {
        return values.length;
      }

      @Override
      public String type() {
        return "I32";
      }

      @Override
      public int width() {
        return Integer.BYTES;
      }
    }

    /** 64-bit signed integers. */
    record I64(int[] shape, long[] values) implements Array {
      public I64 {
        check(shape, values.length);
      }

      @Override
      public int length() {
        return values.length;
      }

      @Override
      public String type() {
        return "I64";
      }

      @Override
      public int width() {
        return Long.BYTES;
      }
    }

    private static void check(int[] shape, int length) {
      long product = 1;
      for (int extent : shape) {
        product *= extent;
      }
      if (product != length) {
        throw new IllegalArgumentException(
            length + " numbers for shape " + java.util.Arrays.toString(shape));
      }
    }
  }
}
