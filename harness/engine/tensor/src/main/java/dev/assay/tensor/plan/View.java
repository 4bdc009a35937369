package dev.assay.tensor.plan;

import java.util.Arrays;

/**
 * Elements of a buffer as a tensor: element (i₀, i₁, …) is at {@code offset + Σ iₖ · strides[k]}.
 * Strides may be 0 (repeated) or negative (reversed).
 */
public record View(Buffer buffer, int offset, int[] dims, int[] strides) {
  static View contiguous(Buffer buffer, int... dims) {
    return new View(buffer, 0, dims, Strides.contiguous(dims));
  }

  /** Number of elements. */
  public int size() {
    return Strides.size(dims);
  }

  /** Whether element i in row-major order is at {@code offset + i}. */
  public boolean isContiguous() {
    return Strides.isContiguous(dims, strides);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof View v
        && buffer == v.buffer
        && offset == v.offset
        && Arrays.equals(dims, v.dims)
        && Arrays.equals(strides, v.strides);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * buffer.hashCode() + offset) + Arrays.hashCode(dims))
        + Arrays.hashCode(strides);
  }

  @Override
  public String toString() {
    return buffer
        + Arrays.toString(dims)
        + (isContiguous() ? "" : "@" + Arrays.toString(strides))
        + (offset == 0 ? "" : "+" + offset);
  }
}
