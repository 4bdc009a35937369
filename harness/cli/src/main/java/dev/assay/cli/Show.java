package dev.assay.cli;

import java.util.Locale;

/** Numbers and durations as people like to read them. */
final class Show {
  private static final String[] THOUSANDS = {"", "k", "M", "G", "T", "P"};

  /** A deviation this small beside its mean comes from the summation alone. */
  private static final double ROUNDING = 1e-12;

  private Show() {}

  /** Four significant digits, without an exponent where that is short: 24.77, 0.0312, 1.2e-07. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (size < 1e6 && value == Math.rint(value)) {
      return String.valueOf((long) value);
    }
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A mean and its deviation, both to two digits of the deviation: 18.62 ±0.05. */
  static String spread(double mean, double deviation) {
    double size = Math.abs(deviation) < ROUNDING * Math.abs(mean) ? 0 : Math.abs(deviation);
    if (size == 0) {
      return number(mean) + " ±0";
    }
    if (!(size >= 1e-6) || size >= 1e6 || Math.abs(mean) >= 1e6) {
      return number(mean) + " ±" + number(deviation);
    }
    int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(size)));
    String form = "%." + digits + "f";
    return String.format(Locale.ROOT, form + " ±" + form, mean, deviation);
  }

  /** Three significant digits and a thousands letter: 950, 1.23k, 45.6M. */
  static String count(double value) {
    double scaled = value;
    int letter = 0;
    while (Math.abs(scaled) >= 999.5 && letter < THOUSANDS.length - 1) {
      scaled /= 1000;
      letter++;
    }
    boolean whole = letter == 0 && scaled == Math.rint(scaled);
    int digits = whole || Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", scaled) + THOUSANDS[letter];
  }

  /** 0.42 s, 12.3 s, 4:05, 2:03:09. */
  static String seconds(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, seconds < 1 ? "%.2f s" : "%.1f s", seconds);
    }
    return clock(seconds);
  }

  /** 0:42, 4:05, 2:03:09. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  /** Cut to a width, with a mark where something is missing. */
  static String fit(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width <= 1 ? text.substring(0, Math.max(0, width)) : text.substring(0, width - 1) + "…";
  }
}
