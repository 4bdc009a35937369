package dev.assay.runner.task;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses few of many labelled examples. */
final class Spread {
  private Spread() {}

  /**
   * Examples spread evenly over each class, the same in every run, in stored order. Each class
   * keeps its share, whether the data are sorted by class or their classes take turns.
   *
   * @param most that are chosen; all if there are no more
   */
  static Batch of(Batch labelled, int most) {
    int count = labelled.count();
    if (count <= most) {
      return labelled;
    }
    int[] labels = ((Values.Labels) labelled.condition()).labels();
    int[] byClass =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt(i -> labels[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] chosen = new int[most];
    Arrays.setAll(chosen, i -> byClass[(int) ((long) i * count / most)]);
    Arrays.sort(chosen);
    return labelled.select(chosen);
  }
}
