package dev.assay.bench;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** Three digits, and more before the point if need be. */
  static String three(double value) {
    double size = Math.abs(value);
    String format = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return size > 0 && size < 1
        ? String.format(Locale.ROOT, "%.3g", value)
        : String.format(Locale.ROOT, format, value);
  }
}
