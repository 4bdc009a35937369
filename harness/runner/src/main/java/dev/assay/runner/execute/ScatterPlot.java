package dev.assay.runner.execute;

import dev.assay.spi.Dataset.KnownDensity;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.Optional;

/** Points in the plane, over the density that made the data where it is known. */
final class ScatterPlot {
  private static final int SIZE = 480;
  private static final double MARGIN = 0.15;
  private static final int MOST_POINTS = 5000;
  private static final int[] POINT = {20, 60, 140};
  private static final int[] DENSE = {245, 150, 60};
  private static final double OPACITY = 0.5;

  private ScatterPlot() {}

  /**
   * @param points [n, 2]
   * @param reference decides the part of the plane that is shown: its extent and a margin
   */
  static Png of(Values.Dense points, Values.Dense reference, Optional<KnownDensity> density) {
    double[] xs = range(reference, 0);
    double[] ys = range(reference, 1);
    Png png = Png.blank(SIZE, SIZE, 3);
    Arrays.fill(png.pixels(), (byte) 255);
    density.ifPresent(known -> shade(png, known, xs, ys));
    int count = Math.min(MOST_POINTS, points.count());
    for (int i = 0; i < count; i++) {
      double x = (points.data()[2 * i] - xs[0]) / (xs[1] - xs[0]) * SIZE;
      double y = (ys[1] - points.data()[2 * i + 1]) / (ys[1] - ys[0]) * SIZE;
      for (int dy = 0; dy < 2; dy++) {
        for (int dx = 0; dx < 2; dx++) {
          dot(png, (int) Math.floor(x) + dx, (int) Math.floor(y) + dy);
        }
      }
    }
    return png;
  }

  private static double[] range(Values.Dense reference, int column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = column; i < reference.data().length; i += 2) {
      low = Math.min(low, reference.data()[i]);
      high = Math.max(high, reference.data()[i]);
    }
    double margin = Math.max(1e-6, (high - low) * MARGIN);
    return new double[] {low - margin, high + margin};
  }

  private static void shade(Png png, KnownDensity density, double[] xs, double[] ys) {
    double[] p = new double[SIZE * SIZE];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float px = (float) (xs[0] + (x + 0.5) / SIZE * (xs[1] - xs[0]));
        float py = (float) (ys[1] - (y + 0.5) / SIZE * (ys[1] - ys[0]));
        p[y * SIZE + x] = Math.exp(density.logDensity(new float[] {px, py}));
      }
    }
    double most = Math.max(Double.MIN_NORMAL, Arrays.stream(p).max().orElseThrow());
    for (int i = 0; i < p.length; i++) {
      double share = Math.sqrt(p[i] / most);
      for (int c = 0; c < 3; c++) {
        png.pixels()[3 * i + c] = (byte) Math.round(255 + share * (DENSE[c] - 255));
      }
    }
  }

  private static void dot(Png png, int x, int y) {
    if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) {
      return;
    }
    for (int c = 0; c < 3; c++) {
      double mixed = png.get(x, y, c) * (1 - OPACITY) + POINT[c] * OPACITY;
      png.set(x, y, c, (int) Math.round(mixed));
    }
  }
}
