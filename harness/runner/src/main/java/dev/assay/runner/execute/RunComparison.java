package dev.assay.runner.execute;

import dev.assay.store.ComparabilityKey;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
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
    List<Line> lines = new ArrayList<>();
    for (MetricRow row : first.metrics()) {
      for (MetricRow other : second.metrics()) {
        if (ComparabilityKey.of(first, row).equals(ComparabilityKey.of(second, other))) {
          Optional<ItemScores> a = ItemScores.of(firstFolder, row);
          Optional<ItemScores> b = ItemScores.of(secondFolder, other);
          lines.add(new Line(row, other, a.flatMap(x -> b.flatMap(y -> pair(x, y)))));
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

  private static Optional<PairedTest> pair(ItemScores a, ItemScores b) {
    return a.pairsWith(b)
        ? Optional.of(PairedTest.of(a.values(), b.values(), RandomStream.root(0).child("compare")))
        : Optional.empty();
  }
}
