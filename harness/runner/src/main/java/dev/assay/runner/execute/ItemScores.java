package dev.assay.runner.execute;

import dev.assay.store.MetricRow;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What a likelihood metric says of each test item: the metric is a constant times the mean score,
 * and so the constant carries each score into the metric's unit.
 *
 * @param data which items they are
 * @param scale the constant
 */
record ItemScores(double[] values, String data, double scale) {
  private static final double SAME = 1e-6;

  /** The scores that a run left; none for other metrics, and where they are not kept. */
  static Optional<ItemScores> of(RunFolder folder, MetricRow row) throws IOException {
    Optional<String> method = row.signaturePart("method");
    if (method.isEmpty() || !Files.isRegularFile(folder.scores())) {
      return Optional.empty();
    }
    return of(SafeTensors.read(folder.scores()), method.get(), row.value());
  }

  private static Optional<ItemScores> of(NamedArrays scores, String method, double value) {
    Map<String, String> about = scores.metadata();
    if (!about.containsKey("data")
        || !(scores.arrays().get(method) instanceof NamedArrays.Array.F64 found)
        || found.length() == 0) {
      return Optional.empty();
    }
    double scale = value / Arrays.stream(found.values()).average().orElseThrow();
    double[] scaled = Arrays.stream(found.values()).map(score -> score * scale).toArray();
    return Optional.of(new ItemScores(scaled, about.get("data"), scale));
  }

  /** Whether both are of the same items, in the same unit. */
  boolean pairsWith(ItemScores other) {
    return data.equals(other.data)
        && values.length == other.values.length
        && Math.abs(scale - other.scale) <= SAME * Math.abs(scale);
  }
}
