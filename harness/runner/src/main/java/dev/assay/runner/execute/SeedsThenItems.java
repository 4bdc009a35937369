package dev.assay.runner.execute;

import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.Interval;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * 95 % intervals of a likelihood for which both training seeds and test items are chance:
 * percentile bootstrap that resamples seeds, then items.
 *
 * @param first of the first model's mean
 * @param second of the second model's mean
 * @param difference of first − second, paired by seed and item
 */
public record SeedsThenItems(Interval first, Interval second, Interval difference) {

  /**
   * @param line what both models have for several common seeds
   * @param a runs of the first model that differ by seed alone
   * @param b runs of the second
   * @return empty for other metrics, and where scores of items are missing or of other items
   */
  public static Optional<SeedsThenItems> of(
      SeedComparison.Line line,
      RunStore aStore,
      List<RunRecord> a,
      RunStore bStore,
      List<RunRecord> b)
      throws IOException {
    List<double[]> first = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    List<double[]> differences = new ArrayList<>();
    int items = 0;
    for (RunRecord one : a) {
      for (RunRecord other : b) {
        if (one.subject().trainSeed() == other.subject().trainSeed()) {
          Optional<ItemScores> x = scores(aStore, one, line.first());
          Optional<ItemScores> y = scores(bStore, other, line.second());
          boolean pairs = x.isPresent() && y.isPresent() && x.get().pairsWith(y.get());
          if (!pairs || (items > 0 && x.get().values().length != items)) {
            return Optional.empty();
          }
          double[] p = x.get().values();
          double[] q = y.get().values();
          items = p.length;
          first.add(p);
          second.add(q);
          double[] difference = new double[items];
          Arrays.setAll(difference, i -> p[i] - q[i]);
          differences.add(difference);
        }
      }
    }
    return first.size() < 2
        ? Optional.empty()
        : Optional.of(new SeedsThenItems(interval(first), interval(second), interval(differences)));
  }

  private static Interval interval(List<double[]> scores) {
    RandomStream random = RandomStream.root(0).child("seeds, then items");
    return Bootstrap.seedsThenItems(scores.toArray(double[][]::new), random::nextInt);
  }

  /** Of the row that means the same in another run. */
  private static Optional<ItemScores> scores(RunStore store, RunRecord run, MetricRow like)
      throws IOException {
    RunFolder folder = store.run(run.run());
    for (MetricRow row : run.metrics()) {
      if (row.metric().equals(like.metric())
          && row.sampler().equals(like.sampler())
          && row.kind().equals(like.kind())
          && row.signature().equals(like.signature())) {
        return ItemScores.of(folder, row);
      }
    }
    return Optional.empty();
  }
}
