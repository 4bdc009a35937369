package dev.assay.bench;

/**
 * What the machine can do at most, which shares refer to; NaN where nobody measured it. {@code
 * assay doctor} shows the same figures.
 *
 * @param gigaflops 10⁹ floating-point operations a second of fused multiply-adds
 * @param gigabytes 10⁹ bytes a second to and from memory
 */
record Peaks(double gigaflops, double gigabytes) {
  static final Peaks UNKNOWN = new Peaks(Double.NaN, Double.NaN);

  /** A rate with its share of the peak, if that is known. */
  static String share(double rate, double peak, String unit) {
    String text = Numbers.three(rate) + " " + unit;
    return Double.isNaN(peak) ? text : text + " (" + Math.round(100 * rate / peak) + " %)";
  }
}
