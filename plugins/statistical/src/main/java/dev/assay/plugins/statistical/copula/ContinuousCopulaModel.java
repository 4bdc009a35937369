package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.linear.Moments;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StepReport;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Continuous columns only: one update takes the margins, and R from normal scores. */
final class ContinuousCopulaModel extends CopulaModel implements Scorer {
  ContinuousCopulaModel(CopulaConfig config, Shape item, ModelContext context) {
    super(config, item, context);
  }

  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    float[] data = all.dense().data();
    double loss = Arrays.stream(nats(data)).average().orElse(0);
    int columns = margins.columns();
    margins.fit(data, config.quantiles());
    float[] z = new float[data.length];
    workers.forEach(
        columns,
        c -> {
          for (int i = c; i < z.length; i += columns) {
            z[i] = (float) margins.most(c, data[i]);
          }
        });
    Moments moments = Moments.of(z, columns);
    double[] mean = new double[columns];
    double[] covariance = new double[columns * columns];
    moments.covariance(mean, moments.mean(mean), covariance, workers);
    correlation = Correlation.shrunk(covariance, columns, config.shrinkage());
    fitted = true;
    return new StepReport(loss, all.count(), true, Map.of());
  }

  /** f(x) = c(z) Π f_j(x_j). */
  private double[] nats(float[] data) {
    int columns = margins.columns();
    double[] nats = new double[data.length / columns];
    workers.forEach(
        (nats.length + ROWS - 1) / ROWS,
        task -> {
          double[] z = new double[columns];
          for (int row = task * ROWS; row < Math.min((task + 1) * ROWS, nats.length); row++) {
            for (int c = 0; c < columns; c++) {
              z[c] = margins.most(c, data[row * columns + c]);
            }
            nats[row] = correlation.nats(z) + margins.nats(data, row);
          }
        });
    return nats;
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.DENSITY));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    return nats(batch.dense().data());
  }
}
