package dev.assay.plugins.statistical;

import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * @param unit what numbers were divided by
 */
record Split(Values train, Values test, double unit) {
  private static final Shape ITEM = Shape.of(8, 8, 1);

  /** The 8×8 digits; the test split is every fifth row, from row 4. */
  static Split digits() {
    List<String> rows = Mirror.gzipLines("uci-digits/digits.csv.gz");
    int tests = rows.size() / 5;
    float[] train = new float[64 * (rows.size() - tests)];
    float[] test = new float[64 * tests];
    int trainAt = 0;
    int testAt = 0;
    for (int row = 0; row < rows.size(); row++) {
      String[] cells = rows.get(row).split(",", -1);
      for (int i = 0; i < 64; i++) {
        float level = Float.parseFloat(cells[i]);
        if (row % 5 == 4) {
          test[testAt++] = level;
        } else {
          train[trainAt++] = level;
        }
      }
    }
    return new Split(new Values.Dense(ITEM, train), new Values.Dense(ITEM, test), 1);
  }

  /** The digits with uniform noise, divided by their deviation of about 6. */
  static Split dequantised() {
    RandomStream noise = RandomStream.root(1);
    double unit = 6;
    Split noisy = digits().map(level -> (float) ((level + noise.nextDouble()) / unit));
    return new Split(noisy.train, noisy.test, unit);
  }

  Split map(UnaryOperator<Float> function) {
    return new Split(map(train, function), map(test, function), unit);
  }

  private static Values.Dense map(Values values, UnaryOperator<Float> function) {
    Values.Dense dense = (Values.Dense) values;
    float[] data = dense.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = function.apply(data[i]);
    }
    return new Values.Dense(dense.item(), data);
  }
}
