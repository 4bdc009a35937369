package dev.assay.runner.gate;

import java.util.Locale;

/** Numbers of findings in words, the same in every report. */
public final class GateText {
  private static final double PERCENT = 100;

  private GateText() {}

  /** Six significant digits at most; empty if there is no number. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e12
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }

  /** Such as {@code +5.1 % (2.9 % … 7.3 %)}; positive is worse. */
  public static String change(Finding.Test test) {
    return signed(test.worsening(), test) + " (" + interval(test) + ")";
  }

  public static String signed(double value, Finding.Test test) {
    return (value > 0 ? "+" : "") + amount(value, test);
  }

  public static String interval(Finding.Test test) {
    return amount(test.low(), test) + " … " + amount(test.high(), test);
  }

  public static String margin(Finding.Test test) {
    return amount(test.margin(), test);
  }

  private static String amount(double value, Finding.Test test) {
    return test.ratio()
        ? String.format(Locale.ROOT, "%.2f %%", PERCENT * value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  public static String p(double p) {
    return p < 0.001 ? "<.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** Such as {@code 2 regressed, 1 inconclusive, 9 equivalent}. */
  public static String summary(GateReport report) {
    StringBuilder text = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      long count = report.count(verdict);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ');
        text.append(verdict.name().toLowerCase(Locale.ROOT));
      }
    }
    return text.isEmpty() ? "nothing was compared" : text.toString();
  }
}
