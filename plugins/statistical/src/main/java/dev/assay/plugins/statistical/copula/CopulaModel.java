package dev.assay.plugins.statistical.copula;

import dev.assay.plugins.statistical.Workers;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;

/** x_j = F_j⁻¹(Φ(z_j)) with z ~ N(0, R). */
abstract sealed class CopulaModel implements GenerativeModel<CopulaSampler>
    permits ContinuousCopulaModel, MixedCopulaModel {
  /** Rows that one task works on. */
  static final int ROWS = 256;

  final CopulaConfig config;
  final Workers workers;
  final Margins margins;
  Correlation correlation;
  boolean fitted;
  private final Shape item;

  CopulaModel(CopulaConfig config, Shape item, ModelContext context) {
    this.config = config;
    this.item = item;
    workers = Workers.of(context.backend());
    margins = new Margins(item.size(), config);
    correlation = Correlation.independent(item.size());
  }

  @Override
  public Samples sample(SampleRequest request, CopulaSampler sampler) {
    int columns = margins.columns();
    float[] data = new float[request.count() * columns];
    for (int i = 0; i < request.count(); i++) {
      double[] z = correlation.draw(request.stream(i));
      for (int c = 0; c < columns; c++) {
        data[i * columns + c] = (float) margins.value(c, z[c]);
      }
    }
    return new Samples(new Values.Dense(item, data));
  }

  @Override
  public long parameters() {
    return margins.parameters() + correlation.parameters();
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("fitted", fitted ? 1 : 0);
    margins.save(store);
    store.putDoubles("correlation", square(), correlation.matrix());
  }

  @Override
  public void restore(StateStore store) {
    fitted = store.longs("fitted")[0] == 1;
    margins.restore(store, fitted);
    correlation = Correlation.of(store.doubles("correlation", square()), margins.columns());
  }

  final Shape square() {
    return Shape.of(margins.columns(), margins.columns());
  }

  @Override
  public void close() {
    workers.close();
  }
}
