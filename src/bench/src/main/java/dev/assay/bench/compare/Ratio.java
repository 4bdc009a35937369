package dev.assay.bench.compare;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The other program's time divided by ours, over pairs of neighbouring blocks.
 *
 * @param median over the pairs
 * @param low 2.5 % quantile of the median under resampling of pairs (Efron 1979)
 * @param high 97.5 % quantile
 * @param pairs how many there were
 * @param alike whether all pairs had their cores in the same placement throughout
 */
public record Ratio(double median, double low, double high, int pairs, boolean alike) {
  private static final int FEWEST_ALIKE = 3;
  private static final int RESAMPLES = 10_000;
  private static final long SEED = 1979;

  /**
   * Uses the pairs of like placement if there are at least 3, else all.
   *
   * @param ours blocks in order
   * @param peers the block that followed each of them
   */
  public static Ratio of(List<Block> ours, List<Block> peers) {
    List<Double> all = new ArrayList<>();
    List<Double> alike = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      double ratio = peers.get(i).timing().median() / ours.get(i).timing().median();
      Block.Placement placement = ours.get(i).placement();
      all.add(ratio);
      if (placement != Block.Placement.MIXED && placement == peers.get(i).placement()) {
        alike.add(ratio);
      }
    }
    boolean enough = alike.size() >= FEWEST_ALIKE;
    return of((enough ? alike : all).stream().mapToDouble(Double::doubleValue).toArray(), enough);
  }

  static Ratio of(double[] ratios, boolean alike) {
    RandomStream random = RandomStream.root(SEED);
    double[] medians = new double[RESAMPLES];
    double[] sample = new double[ratios.length];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(sample, _ -> ratios[random.nextInt(ratios.length)]);
      medians[i] = median(sample);
    }
    Arrays.sort(medians);
    return new Ratio(
        median(ratios),
        medians[(int) (0.025 * RESAMPLES)],
        medians[(int) (0.975 * RESAMPLES)],
        ratios.length,
        alike);
  }

  /** The middle one, or the mean of the middle two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
