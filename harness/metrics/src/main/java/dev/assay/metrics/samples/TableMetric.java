package dev.assay.metrics.samples;

import dev.assay.metrics.SampleMetric;
import dev.assay.spi.Modality;

/** A metric of samples of tables only. */
abstract class TableMetric extends SampleMetric {
  TableMetric(String id, Info info) {
    super(id, info);
  }

  @Override
  protected final boolean covers(Modality x) {
    return x instanceof Modality.Tabular;
  }
}
