package dev.assay.tensor;

/**
 * Element type of a tensor. Arithmetic is on {@link #F32}; {@link #I32} holds indices and random
 * keys.
 */
public enum DType {
  /** IEEE 754 binary32. */
  F32,
  /** 32-bit signed integer. */
  I32;

  /** Bytes per element, the same for both types. */
  public static final int BYTES = 4;
}
