package dev.assay.runner.task;

import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** How far results are from the truth, image by image. */
final class Errors {
  private static final double NORMAL_95 = 1.959963984540054;

  private final Modality.Image form;
  private final double[] squares;
  private final String how;

  private Errors(Modality.Image form, double[] squares, String how) {
    this.form = form;
    this.squares = squares;
    this.how = how;
  }

  /**
   * Mean squares of the difference, in levels.
   *
   * @param results one or several for each true image: all images, then all again, …
   * @param counted which numbers of an image count
   * @param how as {@link Outcome.Value#how}
   */
  static Errors of(
      Modality.Image form,
      Values.Dense truth,
      Values.Dense results,
      IntPredicate counted,
      String how) {
    double[] squares = new double[truth.count()];
    int width = truth.width();
    int draws = results.count() / truth.count();
    for (int i = 0; i < squares.length; i++) {
      int numbers = 0;
      for (int k = 0; k < width; k++) {
        if (counted.test(k)) {
          for (int draw = 0; draw < draws; draw++) {
            int at = (draw * truth.count() + i) * width + k;
            double miss = results.data()[at] - truth.data()[i * width + k];
            squares[i] += miss * miss;
            numbers++;
          }
        }
      }
      squares[i] /= Math.max(1, numbers);
    }
    return new Errors(form, squares, how);
  }

  /**
   * Root of the mean square in levels, and the peak signal-to-noise ratio 10 log₁₀ (peak² / mean
   * square), which has no value where nothing is wrong.
   */
  List<Outcome.Value> values() {
    double mean = mean();
    double half = NORMAL_95 * standardError(mean);
    double low = Math.max(0, mean - half);
    double high = mean + half;
    int n = squares.length;
    List<Outcome.Value> values = new ArrayList<>();
    values.add(
        new Outcome.Value(
            "rmse",
            Metric.Direction.LOWER,
            Math.sqrt(mean),
            Math.sqrt(low),
            Math.sqrt(high),
            n,
            "levels",
            how));
    if (mean > 0) {
      double top = low > 0 ? decibels(low) : Double.NaN;
      double bottom = low > 0 ? decibels(high) : Double.NaN;
      values.add(
          new Outcome.Value(
              "psnr", Metric.Direction.HIGHER, decibels(mean), bottom, top, n, "dB", how));
    }
    return values;
  }

  private double decibels(double meanSquare) {
    double peak = form.levels() - 1.0;
    return 10 * Math.log10(peak * peak / meanSquare);
  }

  private double mean() {
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return sum / squares.length;
  }

  private double standardError(double mean) {
    double sum = 0;
    for (double square : squares) {
      sum += (square - mean) * (square - mean);
    }
    int n = squares.length;
    return n < 2 ? 0 : Math.sqrt(sum / (n - 1) / n);
  }
}
