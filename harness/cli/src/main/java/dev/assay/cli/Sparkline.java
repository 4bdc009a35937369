package dev.assay.cli;

import dev.assay.runner.execute.Curves.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Curves drawn with block characters. */
final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int EIGHTHS = 8;

  private Sparkline() {}

  /**
   * One line of at most {@code width} characters, steps spread evenly; empty for fewer than two
   * points.
   */
  static String line(List<Point> points, int width) {
    if (points.size() < 2) {
      return "";
    }
    double[] values = resample(points, width);
    double[] range = range(values);
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      line.append(BLOCKS.charAt((int) Math.min(EIGHTHS - 1, share(value, range) * EIGHTHS)));
    }
    return line.toString();
  }

  /** Several lines with the largest and smallest value and the last step beside them. */
  static List<String> plot(List<Point> points, int width, int height) {
    if (points.size() < 2) {
      return List.of();
    }
    double[] values = resample(points, width);
    double[] range = range(values);
    List<String> lines = new ArrayList<>();
    for (int row = height - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder();
      String label =
          row == height - 1 ? Show.number(range[1]) : row == 0 ? Show.number(range[0]) : "";
      line.append(String.format(Locale.ROOT, "%10s ┤", label));
      for (double value : values) {
        int eighths = (int) Math.round(1 + share(value, range) * (height * EIGHTHS - 1));
        int here = Math.clamp(eighths - row * EIGHTHS, 0, EIGHTHS);
        line.append(here == 0 ? ' ' : BLOCKS.charAt(here - 1));
      }
      lines.add(line.toString().stripTrailing());
    }
    String last = "update " + points.getLast().step();
    lines.add(
        " ".repeat(11)
            + "└"
            + "─".repeat(Math.max(0, values.length - last.length() - 1))
            + " "
            + last);
    return lines;
  }

  /**
   * The mean of the points in each part of the range of steps; parts without points are bridged.
   */
  private static double[] resample(List<Point> points, int width) {
    int columns = Math.min(width, points.size());
    long first = points.getFirst().step();
    double span = points.getLast().step() - first + 1.0;
    double[] sums = new double[columns];
    int[] counts = new int[columns];
    for (Point point : points) {
      int column = (int) Math.min(columns - 1, (point.step() - first) / span * columns);
      sums[column] += point.value();
      counts[column]++;
    }
    double[] values = new double[columns];
    double last = points.getFirst().value();
    for (int i = 0; i < columns; i++) {
      last = counts[i] == 0 ? last : sums[i] / counts[i];
      values[i] = last;
    }
    return values;
  }

  private static double[] range(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new double[] {low, high};
  }

  private static double share(double value, double[] range) {
    return range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0;
  }
}
