package dev.assay.runner.task;

import dev.assay.spi.Batch;
import java.util.OptionalDouble;

/** Classifiers of the data at hand, trained on examples of a task's choice. */
@FunctionalInterface
public interface Classifiers {
  /**
   * The share of all test examples that a new classifier tells the class of. Equal examples give an
   * equal share.
   *
   * @param train labelled examples in raw form, all that it learns from
   * @return empty where no classifier suits such data
   */
  OptionalDouble accuracy(Batch train);
}
