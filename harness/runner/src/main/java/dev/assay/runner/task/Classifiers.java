package dev.assay.runner.task;

import dev.assay.spi.Batch;
import java.util.Optional;

/** Classifiers of the data at hand, trained on examples of a task's choice. */
public interface Classifiers {
  /**
   * What they are, with the version of how they come about, such as {@code classifier-v1}; empty
   * where none suits the data.
   */
  Optional<String> kind();

  /**
   * The share of all test examples that a new classifier tells the class of. Equal examples give an
   * equal share. To be asked only where there is a {@link #kind}.
   *
   * @param train labelled examples in raw form, all that it learns from
   */
  double accuracy(Batch train);
}
