package dev.assay.metrics;

import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.Arrays;

/**
 * Points in the space in which samples and data are compared: tables standardised by the training
 * columns' mean and deviation, images divided by their largest level.
 *
 * @param rows points
 * @param width coordinates of a point
 * @param data rows · width numbers, row after row
 */
public record Points(int rows, int width, double[] data) {
  /** Points from nested rows of equal length. */
  public static Points of(double[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    double[] data = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return new Points(rows.length, width, data);
  }

  /** The first {@code count} points, or all. */
  public Points first(int count) {
    return count >= rows ? this : new Points(count, width, Arrays.copyOf(data, count * width));
  }

  /** Points {@code from} (inclusive) to {@code to} (exclusive). */
  public Points range(int from, int to) {
    return new Points(to - from, width, Arrays.copyOfRange(data, from * width, to * width));
  }

  /** The points at the given places, in that order. */
  public Points select(int[] places) {
    double[] chosen = new double[places.length * width];
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(data, places[i] * width, chosen, i * width, width);
    }
    return new Points(places.length, width, chosen);
  }

  /** These points and then the others. */
  public Points and(Points other) {
    double[] all = Arrays.copyOf(data, data.length + other.data.length);
    System.arraycopy(other.data, 0, all, data.length, other.data.length);
    return new Points(rows + other.rows, width, all);
  }

  /**
   * How raw values become points.
   *
   * @param signature tells scalings apart, such as {@code unit} or {@code train-sd@5f3a901c}
   */
  public record Scaling(double[] shift, double[] scale, String signature) {
    /** Leaves numbers as they are. */
    public static Scaling none(int width) {
      double[] scale = new double[width];
      Arrays.fill(scale, 1);
      return new Scaling(new double[width], scale, "none");
    }

    /**
     * The scaling for data of this kind, fitted on training values; a constant column keeps its
     * unit.
     */
    public static Scaling fit(DataSpec.Conditional spec, Values.Dense train) {
      int width = train.width();
      double[] shift = new double[width];
      double[] scale = new double[width];
      if (spec.x() instanceof Modality.Image image) {
        Arrays.fill(scale, 1.0 / (image.levels() - 1));
        return new Scaling(shift, scale, "unit");
      }
      double[] squares = new double[width];
      boolean[] varies = new boolean[width];
      int n = train.count();
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < width; c++) {
          shift[c] += train.data()[i * width + c] / n;
          varies[c] |= train.data()[i * width + c] != train.data()[c];
        }
      }
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < width; c++) {
          double d = train.data()[i * width + c] - shift[c];
          squares[c] += d * d / n;
        }
      }
      for (int c = 0; c < width; c++) {
        scale[c] = varies[c] ? 1 / Math.sqrt(squares[c]) : 1;
      }
      int hash = 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale);
      return new Scaling(shift, scale, "train-sd@%08x".formatted(hash));
    }

    /** Raw values as points. */
    public Points apply(Values.Dense values) {
      int width = values.width();
      double[] data = new double[values.data().length];
      for (int i = 0; i < data.length; i++) {
        int c = i % width;
        data[i] = (values.data()[i] - shift[c]) * scale[c];
      }
      return new Points(values.count(), width, data);
    }
  }
}
