package dev.assay.jcuda.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Arithmetic of matrix products and convolutions; everything else is fp32, and so is all memory.
 */
public enum Precision {
  /** Products and sums in fp32. */
  FP32,
  /** Factors rounded to 10 bits of mantissa, sums in fp32. */
  TF32,
  /** Factors rounded to bfloat16, sums in fp32. */
  BF16;

  /** The ids in experiment files, the default first. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Precision::id).toList();
  }

  /** The id in experiment files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it runs on tensor cores, which need compute capability 8.0. */
  public boolean tensorCores() {
    return this != FP32;
  }
}
