package dev.assay.testkit;

import dev.assay.spi.Values;

/**
 * How far two sets of points are apart: 2 E‖x − y‖ − E‖x − x'‖ − E‖y − y'‖, which is zero for equal
 * distributions and for no others. Székely and Rizzo 2013, eq. 2.
 */
final class EnergyDistance {
  private EnergyDistance() {}

  /** Of two sets of at least two points each, without bias: it may fall a little below zero. */
  static double of(Values.Dense x, Values.Dense y) {
    double n = x.count();
    double m = y.count();
    return 2 * total(x, y) / (n * m) - total(x, x) / (n * (n - 1)) - total(y, y) / (m * (m - 1));
  }

  private static double total(Values.Dense x, Values.Dense y) {
    double total = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < y.count(); j++) {
        total += distance(x, i, y, j);
      }
    }
    return total;
  }

  private static double distance(Values.Dense x, int i, Values.Dense y, int j) {
    double square = 0;
    for (int k = 0; k < x.width(); k++) {
      double d = x.data()[i * x.width() + k] - y.data()[j * y.width() + k];
      square += d * d;
    }
    return Math.sqrt(square);
  }
}
