package dev.assay.spi;

import java.util.Optional;

/**
 * A metric of samples that may strike them off the ranking, as a sampler that replays its training
 * data has the best of all distances. Computed wherever a metric of samples is asked for.
 */
public interface Guard extends Metric {
  /** Why samples with this value are not ranked; completes the sentence "unranked because …". */
  Optional<String> objection(MetricValue value);
}
