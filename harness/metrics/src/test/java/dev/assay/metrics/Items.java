package dev.assay.metrics;

import static dev.assay.metrics.Definition.Data.CONSTANT;
import static dev.assay.metrics.Definition.Data.SAME;

import dev.assay.metrics.Definition.Data;
import dev.assay.metrics.distribution.Histogram;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;

/** Items for {@link Definitions}: each is decided by its number and side alone. */
final class Items {
  private static final int WIDTH = 3;
  private static final int SIDE = 12;

  private Items() {}

  /** Item {@code item} of a side, as numbers; the sides of {@link Data#SAME} are equal. */
  static double[] numbers(Data data, int side, int item, int count) {
    if (data == CONSTANT) {
      double[] ones = new double[count];
      Arrays.fill(ones, 1);
      return ones;
    }
    RandomStream random = RandomStream.root(data == SAME ? 0 : side).child(item);
    double[] numbers = new double[count];
    Arrays.setAll(numbers, c -> random.nextGaussian() + (data == SAME ? 0 : side));
    return numbers;
  }

  static double[][] rows(Data data, int side, int[] order, int count) {
    return Arrays.stream(order)
        .mapToObj(item -> numbers(data, side, item, count))
        .toArray(double[][]::new);
  }

  static Points points(Data data, int side, int[] order) {
    double[][] rows = rows(data, side, order, WIDTH);
    return rows.length == 0 ? new Points(0, WIDTH, new double[0]) : Points.of(rows);
  }

  static double[] column(Data data, int side, int[] order) {
    return Arrays.stream(order).mapToDouble(i -> numbers(data, side, i, 1)[0]).toArray();
  }

  static String text(Data data, int side, int item) {
    String[] words = {"the", "dog", "Ran", "home,", "far", "away", "now"};
    double[] numbers = numbers(data, side, item, 8);
    StringBuilder text = new StringBuilder();
    for (double number : numbers) {
      text.append(words[(int) Math.abs(number * 10) % words.length]).append(' ');
    }
    return text.toString().strip();
  }

  static List<String> texts(Data data, int side, int[] order) {
    return Arrays.stream(order).mapToObj(i -> text(data, side, i)).toList();
  }

  static Histogram bars(Data data, int side, int[] order) {
    return Histogram.of(Arrays.stream(column(data, side, order)).map(Math::abs).toArray());
  }

  static double[][] powers(Data data, int side, int[] order) {
    return Arrays.stream(rows(data, side, order, 5))
        .map(row -> Arrays.stream(row).map(Math::exp).toArray())
        .toArray(double[][]::new);
  }

  static double[][] image(Data data, int side, int item) {
    double[] pixels = numbers(data, side, item, SIDE * SIDE);
    double[][] image = new double[SIDE][];
    Arrays.setAll(image, y -> Arrays.copyOfRange(pixels, y * SIDE, (y + 1) * SIDE));
    return image;
  }

  static int[][] levels(Data data, int side, int[] order) {
    return Arrays.stream(rows(data, side, order, WIDTH))
        .map(row -> Arrays.stream(row).mapToInt(x -> x > 0 ? 1 : 0).toArray())
        .toArray(int[][]::new);
  }

  static double[][] importance(Data data, int[] order) {
    return Arrays.stream(rows(data, 0, order, WIDTH)).map(Items::absolute).toArray(double[][]::new);
  }

  static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
