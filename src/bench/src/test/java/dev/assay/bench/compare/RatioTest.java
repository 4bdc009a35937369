package dev.assay.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RatioTest {
  private static final double NEAR = 30;
  private static final double FAR = 180;

  private static Block block(double seconds, double before, double after) {
    return new Block(new Timing(new double[] {seconds}, 0), before, after);
  }

  @Test
  void anEqualRatioInAllPairsHasNoSpread() {
    List<Block> ours = new ArrayList<>();
    List<Block> peers = new ArrayList<>();
    for (double seconds : new double[] {1, 2, 3}) {
      ours.add(block(seconds, NEAR, NEAR));
      peers.add(block(1.5 * seconds, NEAR, NEAR));
    }
    assertThat(Ratio.of(ours, peers)).isEqualTo(new Ratio(1.5, 1.5, 1.5, 3, true));
  }

  @Test
  void pairsOfUnlikePlacementAreLeftOutWhereEnoughRemain() {
    List<Block> ours = new ArrayList<>();
    List<Block> peers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ours.add(block(1, FAR, FAR));
      peers.add(block(2, FAR, FAR));
    }
    ours.add(block(1, NEAR, NEAR));
    peers.add(block(9, FAR, FAR));
    ours.add(block(1, NEAR, FAR));
    peers.add(block(9, NEAR, FAR));
    assertThat(Ratio.of(ours, peers)).isEqualTo(new Ratio(2, 2, 2, 3, true));
  }

  @Test
  void allPairsCountWhereFewAreAlike() {
    List<Block> ours = List.of(block(1, NEAR, NEAR), block(1, NEAR, FAR), block(1, FAR, NEAR));
    List<Block> peers = List.of(block(1, NEAR, NEAR), block(2, FAR, FAR), block(3, NEAR, NEAR));
    Ratio ratio = Ratio.of(ours, peers);
    assertThat(ratio.median()).isEqualTo(2);
    assertThat(ratio.pairs()).isEqualTo(3);
    assertThat(ratio.alike()).isFalse();
  }

  /**
   * The median of a resample of 1 … 9 is at most 3 if at least 5 of 9 draws are, each with chance
   * 1/3: 14.5 %; at most 2 needs 5 of 9 with chance 2/9: 3.0 %; at most 1: 0.1 %. So the 2.5 %
   * quantile is 2, and by symmetry the other is 8.
   */
  @Test
  void theIntervalIsThatOfTheResampledMedian() {
    double[] ratios = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(Ratio.of(ratios, true)).isEqualTo(new Ratio(5, 2, 8, 9, true));
  }

  @Test
  void medianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
    assertThat(Ratio.median(new double[] {4, 1, 3, 100})).isEqualTo(3.5);
  }
}
