package dev.assay.runner.experiment;

import java.util.Optional;

/**
 * When a model has had enough training seeds: the key {@code repeat.until}.
 *
 * @param half largest half width of the 95 % interval of a mean over seeds
 * @param relative whether it is a part of the mean, and not in the metric's unit
 * @param metric whose interval counts; of every quality metric unless given
 * @param max seeds after which it ends in any case
 */
public record Until(double half, boolean relative, Optional<String> metric, int max) {
  /** Such as {@code the interval of nll is within ±2 % of its mean}. */
  public String words() {
    String what = metric.orElse("every quality metric");
    String width = relative ? Records.show(100 * half) + " % of its mean" : Records.show(half);
    return "the 95 % interval of " + what + " is within ±" + width;
  }
}
