package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.linear.Normal;
import dev.assay.spi.StateStore;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** Carries rows between the values of their columns and standard normals. */
final class Margins {
  /** Keeps normals finite where F rounds to 0 or 1. */
  private static final double SMALLEST = 0x1p-52;

  private final boolean[] discrete;
  private final Margin[] margins;

  /** Standard normal margins, until fitted. */
  Margins(int columns, CopulaConfig config) {
    discrete = new boolean[columns];
    config.discrete().forEach(column -> discrete[column] = true);
    margins = new Margin[columns];
    Arrays.fill(margins, Margin.Continuous.standard());
  }

  /**
   * @param data rows [n, columns]
   */
  void fit(float[] data, int quantiles) {
    int columns = margins.length;
    for (int c = 0; c < columns; c++) {
      float[] column = new float[data.length / columns];
      for (int row = 0; row < column.length; row++) {
        column[row] = data[row * columns + c];
      }
      margins[c] =
          discrete[c] ? Margin.Discrete.of(column) : Margin.Continuous.of(column, quantiles);
    }
  }

  int columns() {
    return margins.length;
  }

  boolean discrete(int column) {
    return discrete[column];
  }

  /** Φ⁻¹(F(x)) of one number; of a discrete column the least that the value allows. */
  double least(int column, double x) {
    return Normal.quantile(Math.clamp(margins[column].below(x), SMALLEST, 1 - SMALLEST));
  }

  /** Φ⁻¹(F(x)) of one number. */
  double most(int column, double x) {
    return Normal.quantile(Math.clamp(margins[column].upTo(x), SMALLEST, 1 - SMALLEST));
  }

  /** Σ −ln f(x) of one row, in nats. */
  double nats(float[] data, int row) {
    double nats = 0;
    for (int c = 0; c < margins.length; c++) {
      nats += margins[c].nats(data[row * margins.length + c]);
    }
    return nats;
  }

  double value(int column, double normal) {
    return margins[column].quantile(Normal.cdf(normal));
  }

  long parameters() {
    return Arrays.stream(margins)
        .mapToLong(margin ->
            switch (margin) {
              case Margin.Continuous continuous -> 2L * continuous.centres().length;
              case Margin.Discrete values -> values.values().length - 1L;
            })
        .sum();
  }

  void save(StateStore store) {
    for (int c = 0; c < margins.length; c++) {
      String name = "margin." + c;
      switch (margins[c]) {
        case Margin.Continuous(double[] centres, double[] widths) ->
            save(store, name, centres, widths);
        case Margin.Discrete(double[] values, double[] cumulative) ->
            save(store, name, values, cumulative);
      }
    }
  }

  private static void save(StateStore store, String name, double[] at, double[] beside) {
    store.putLongs(name + ".size", at.length);
    store.putDoubles(name + ".at", Shape.of(at.length), at);
    store.putDoubles(name + ".beside", Shape.of(at.length), beside);
  }

  /**
   * @param fitted whether what was saved had been fitted
   */
  void restore(StateStore store, boolean fitted) {
    for (int c = 0; c < margins.length; c++) {
      String name = "margin." + c;
      Shape shape = Shape.of(Math.toIntExact(store.longs(name + ".size")[0]));
      double[] at = store.doubles(name + ".at", shape);
      double[] beside = store.doubles(name + ".beside", shape);
      margins[c] =
          fitted && discrete[c]
              ? new Margin.Discrete(at, beside)
              : new Margin.Continuous(at, beside);
    }
  }
}
