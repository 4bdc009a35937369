package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.linear.Normal;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/**
 * Some columns discrete: a value only bounds its normal. One update draws each such normal from its
 * conditional distribution between its bounds (Hoff 2007, §2.2), and moves the second moments
 * towards those of all normals; wholly in the first half of the sweeps, then by 1, 1/2, 1/3, … of
 * the way (Delyon, Lavielle and Moulines 1999, eq. 6).
 *
 * <p>The likelihood of a row is an integral over as many dimensions as it has discrete columns, so
 * there is no score.
 */
final class MixedCopulaModel extends CopulaModel {
  private final RandomStream random;
  private final float[] normals;
  private final double[] moments;
  private long sweeps;

  MixedCopulaModel(CopulaConfig config, Shape item, ModelContext context) {
    super(config, item, context);
    random = context.random().child("normals");
    normals = new float[context.trainSize() * item.size()];
    moments = new double[item.size() * item.size()];
  }

  /** The loss is −ln of the margins and of the copula's density at the normals drawn, in nats. */
  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    if (!fitted) {
      margins.fit(data, config.quantiles());
      fitted = true;
    }
    double[] nats = new double[all.count()];
    double[] precision = correlation.precision();
    RandomStream sweep = random.child(sweeps);
    workers.forEach(
        (nats.length + ROWS - 1) / ROWS,
        task -> {
          for (int row = task * ROWS; row < Math.min((task + 1) * ROWS, nats.length); row++) {
            double[] z = draw(data, row, precision, sweep.child(row));
            nats[row] = correlation.nats(z) + margins.nats(data, row);
          }
        });
    sweeps++;
    average(nats.length);
    double loss = Arrays.stream(nats).average().orElse(0);
    return new StepReport(loss, all.count(), sweeps >= config.sweeps(), Map.of());
  }

  /**
   * Draws the normals of one row in turn, each given all others. Those of continuous columns are
   * known.
   */
  private double[] draw(float[] data, int row, double[] precision, RandomStream stream) {
    int columns = margins.columns();
    double[] z = new double[columns];
    for (int c = 0; c < columns; c++) {
      z[c] =
          margins.discrete(c)
              ? normals[row * columns + c]
              : margins.most(c, data[row * columns + c]);
    }
    for (int c = 0; c < columns; c++) {
      if (margins.discrete(c)) {
        double own = precision[c * columns + c];
        double others = 0;
        for (int other = 0; other < columns; other++) {
          others += other == c ? 0 : precision[c * columns + other] * z[other];
        }
        double x = data[row * columns + c];
        z[c] =
            between(
                margins.least(c, x),
                margins.most(c, x),
                -others / own,
                Math.sqrt(1 / own),
                stream.nextDouble());
      }
      normals[row * columns + c] = (float) z[c];
    }
    return z;
  }

  /** A draw from N(mean, deviation²) between two bounds. */
  private static double between(
      double low, double high, double mean, double deviation, double uniform) {
    double from = Normal.cdf((low - mean) / deviation);
    double to = Normal.cdf((high - mean) / deviation);
    double mass = from + uniform * (to - from);
    double drawn = mean + deviation * Normal.quantile(Math.clamp(mass, 1e-300, 1 - 0x1p-52));
    return Math.clamp(drawn, low, high);
  }

  private void average(int rows) {
    int columns = margins.columns();
    long after = sweeps - config.sweeps() / 2;
    double step = after <= 1 ? 1 : 1.0 / after;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int row = 0; row < rows * columns; row += columns) {
          sum += (double) normals[row + i] * normals[row + j];
        }
        double moved = moments[i * columns + j] + step * (sum / rows - moments[i * columns + j]);
        moments[i * columns + j] = moved;
        moments[j * columns + i] = moved;
      }
    }
    correlation = Correlation.shrunk(moments, columns, config.shrinkage());
  }

  @Override
  public void save(StateStore store) {
    super.save(store);
    store.putLongs("sweeps", sweeps);
    store.putFloats("normals", normals(), normals);
    store.putDoubles("moments", square(), moments);
  }

  @Override
  public void restore(StateStore store) {
    super.restore(store);
    sweeps = store.longs("sweeps")[0];
    System.arraycopy(store.floats("normals", normals()), 0, normals, 0, normals.length);
    System.arraycopy(store.doubles("moments", square()), 0, moments, 0, moments.length);
  }

  private Shape normals() {
    return Shape.of(normals.length / margins.columns(), margins.columns());
  }
}
