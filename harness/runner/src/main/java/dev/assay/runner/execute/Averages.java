package dev.assay.runner.execute;

import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means of the loss and further curves over the updates since the last row. */
final class Averages {
  static final String LOSS = "loss";
  private static final String PREFIX = Checkpoint.HARNESS + "average.";

  /** Sum and count by name. */
  private final Map<String, double[]> sums = new LinkedHashMap<>();

  void add(StepReport report) {
    add(LOSS, report.loss());
    report.details().forEach(this::add);
  }

  /** Means by name; starts anew. */
  Map<String, Double> take() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
    sums.clear();
    return means;
  }

  void save(StateStore store) {
    sums.forEach((name, sum) -> store.putDoubles(PREFIX + name, Shape.of(2), sum));
  }

  void restore(TensorState store) {
    sums.clear();
    for (String name : store.names()) {
      if (name.startsWith(PREFIX)) {
        sums.put(name.substring(PREFIX.length()), store.doubles(name, Shape.of(2)));
      }
    }
  }

  private void add(String name, double value) {
    double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
    sum[0] += value;
    sum[1]++;
  }
}
