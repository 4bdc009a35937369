package dev.assay.runner.execute;

import dev.assay.store.ComparabilityKey;
import dev.assay.store.MetricRow;
import dev.assay.store.NamedArrays;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.SafeTensors;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets the numbers of two runs against each other where they mean the same thing. */
public final class RunComparison {
  private RunComparison() {}

  /**
   * A number that both runs have, made in the same way.
   *
   * @param pairs the difference first − second in the metric's unit, where both scored the same
   *     items
   */
  public record Line(MetricRow first, MetricRow second, Optional<PairedTest> pairs) {
    /** Whether nothing tells them apart: by pairs if there are, else by their intervals. */
    public boolean isTie() {
      if (pairs.isPresent()) {
        return pairs.get().isTie();
      }
      return low(first) <= high(second) && low(second) <= high(first);
    }

    /** Whether the first is better; meaningless for a tie. */
    public boolean isFirstBetter() {
      return first.direction().equals("higher") == first.value() > second.value();
    }

    private static double low(MetricRow row) {
      return row.low() == null ? row.value() : row.low();
    }

    private static double high(MetricRow row) {
      return row.high() == null ? row.value() : row.high();
    }
  }

  /** All numbers that may stand beside each other, in order of the first run. */
  public static List<Line> of(
      RunFolder firstFolder, RunRecord first, RunFolder secondFolder, RunRecord second)
      throws IOException {
    Optional<NamedArrays> a = scores(firstFolder);
    Optional<NamedArrays> b = scores(secondFolder);
    List<Line> lines = new ArrayList<>();
    for (MetricRow row : first.metrics()) {
      for (MetricRow other : second.metrics()) {
        if (ComparabilityKey.of(first, row).equals(ComparabilityKey.of(second, other))) {
          Optional<PairedTest> pairs =
              a.isPresent() && b.isPresent()
                  ? pair(row, a.get(), other, b.get())
                  : Optional.empty();
          lines.add(new Line(row, other, pairs));
        }
      }
    }
    return lines;
  }

  /**
   * A metric that both runs have, but in no way that compares.
   *
   * @param first the number that comes closest to the second in meaning
   * @param reasons in what they differ; never empty
   */
  public record Misfit(
      MetricRow first, MetricRow second, List<ComparabilityKey.Difference> reasons) {}

  /** Metrics of both runs of which no two numbers compare, in order of the first run, and why. */
  public static List<Misfit> misfits(RunRecord first, RunRecord second) {
    Map<String, Misfit> closest = new LinkedHashMap<>();
    for (MetricRow row : first.metrics()) {
      for (MetricRow other : second.metrics()) {
        if (row.metric().equals(other.metric())) {
          Misfit pair =
              new Misfit(
                  row,
                  other,
                  ComparabilityKey.of(first, row).differences(ComparabilityKey.of(second, other)));
          closest.merge(
              row.metric(),
              pair,
              (known, found) -> found.reasons().size() < known.reasons().size() ? found : known);
        }
      }
    }
    return closest.values().stream().filter(misfit -> !misfit.reasons().isEmpty()).toList();
  }

  /**
   * A likelihood metric is a constant times the mean score: the constant, the same for both on
   * equal test data, carries the paired difference into the metric's unit.
   */
  private static Optional<PairedTest> pair(
      MetricRow row, NamedArrays a, MetricRow other, NamedArrays b) {
    Optional<String> method = row.signaturePart("method");
    if (method.isEmpty() || !sameData(a.metadata(), b.metadata())) {
      return Optional.empty();
    }
    if (!(a.arrays().get(method.get()) instanceof NamedArrays.Array.F64 first)
        || !(b.arrays().get(method.get()) instanceof NamedArrays.Array.F64 second)
        || first.length() != second.length()
        || first.length() == 0) {
      return Optional.empty();
    }
    double scaleFirst = row.value() / Arrays.stream(first.values()).average().orElseThrow();
    double scaleSecond = other.value() / Arrays.stream(second.values()).average().orElseThrow();
    if (!(Math.abs(scaleFirst - scaleSecond) <= 1e-6 * Math.abs(scaleFirst))) {
      return Optional.empty();
    }
    double[] x = Arrays.stream(first.values()).map(v -> v * scaleFirst).toArray();
    double[] y = Arrays.stream(second.values()).map(v -> v * scaleFirst).toArray();
    return Optional.of(PairedTest.of(x, y, RandomStream.root(0).child("compare")));
  }

  private static boolean sameData(Map<String, String> a, Map<String, String> b) {
    return a.containsKey("data") && a.get("data").equals(b.get("data"));
  }

  private static Optional<NamedArrays> scores(RunFolder folder) throws IOException {
    return Files.isRegularFile(folder.scores())
        ? Optional.of(SafeTensors.read(folder.scores()))
        : Optional.empty();
  }
}
