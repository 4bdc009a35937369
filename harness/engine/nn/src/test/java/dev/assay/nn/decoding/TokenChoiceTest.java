package dev.assay.nn.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class TokenChoiceTest {
  private static final int DRAWS = 20_000;

  /** Probabilities .1, .4, .2, .3 of tokens 0 to 3, behind two numbers that are not theirs. */
  private static final float[] LOGITS = {99, 99, log(0.1), log(0.4), log(0.2), log(0.3)};

  private static float log(double p) {
    return (float) Math.log(p);
  }

  private static double[] frequencies(TokenChoice choice) {
    double[] frequency = new double[4];
    RandomStream random = RandomStream.root(1);
    for (int i = 0; i < DRAWS; i++) {
      frequency[choice.choose(LOGITS, 2, 4, new int[0], 0, random)] += 1.0 / DRAWS;
    }
    return frequency;
  }

  private static void check(TokenChoice choice, double... expected) {
    // 5 standard errors of a frequency of one half
    assertThat(frequencies(choice)).containsExactly(expected, within(2.5 / Math.sqrt(DRAWS)));
    for (int i = 0; i < 4; i++) {
      if (expected[i] == 0) {
        assertThat(frequencies(choice)[i]).as("token %d is cut off", i).isZero();
      }
    }
  }

  @Test
  void withoutCutsTokensOccurAsOftenAsTheModelSays() {
    check(new TokenChoice(false, 1, 0, 1, 0, 1, 1), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void temperatureRaisesProbabilitiesToItsInverse() {
    // p² / Σ p², Σ p² = .3
    check(
        new TokenChoice(false, 0.5, 0, 1, 0, 1, 1), 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3);
  }

  @Test
  void topKKeepsTheLikeliestAndRenormalises() {
    check(new TokenChoice(false, 1, 2, 1, 0, 1, 1), 0, 4 / 7.0, 0, 3 / 7.0);
    check(new TokenChoice(false, 1, 9, 1, 0, 1, 1), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void topPKeepsTheSmallestSetThatHasTheProbability() {
    check(new TokenChoice(false, 1, 0, 0.39, 0, 1, 1), 0, 1, 0, 0);
    check(new TokenChoice(false, 1, 0, 0.41, 0, 1, 1), 0, 4 / 7.0, 0, 3 / 7.0);
    check(new TokenChoice(false, 1, 0, 0.71, 0, 1, 1), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
  }

  @Test
  void topPCountsWithinWhatTopKHasLeft() {
    // of 4/7 and 3/7, the first alone has one half
    check(new TokenChoice(false, 1, 2, 0.5, 0, 1, 1), 0, 1, 0, 0);
  }

  @Test
  void greedyTakesTheFirstOfTheLikeliestAndDrawsNothing() {
    RandomStream random = RandomStream.root(1);
    TokenChoice greedy = new TokenChoice(true, 1, 0, 1, 0, 1, 1);
    assertThat(greedy.choose(new float[] {1, 3, 2, 3}, 0, 4, new int[0], 0, random)).isEqualTo(1);
    assertThat(random.position()).isZero();
  }

  @Test
  void equalLogitsAreCutInTheOrderOfTheTokens() {
    TokenChoice choice = new TokenChoice(false, 1, 2, 1, 0, 1, 1);
    RandomStream random = RandomStream.root(1);
    for (int i = 0; i < 100; i++) {
      assertThat(choice.choose(new float[4], 0, 4, new int[0], 0, random)).isLessThan(2);
    }
  }

  @Test
  void logitsOfAnySizeAreFine() {
    TokenChoice choice = new TokenChoice(false, 0.01, 0, 1, 0, 1, 1);
    RandomStream random = RandomStream.root(1);
    assertThat(choice.choose(new float[] {-3e38f, 3e38f}, 0, 2, new int[0], 0, random))
        .isEqualTo(1);
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheirValue() {
    assertThatThrownBy(() -> new TokenChoice(false, 0, 0, 1, 0, 1, 1)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new TokenChoice(false, 1, -1, 1, 0, 1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new TokenChoice(false, 1, 0, 1.5, 0, 1, 1))
        .hasMessageContaining("1.5");
  }

  @Test
  void minPIsAShareOfTheLikeliest() {
    check(new TokenChoice(false, 1, 0, 1, 0.49, 1, 1), 0, 0.4 / 0.9, 0.2 / 0.9, 0.3 / 0.9);
    check(new TokenChoice(false, 1, 0, 1, 0.6, 1, 1), 0, 0.4 / 0.7, 0, 0.3 / 0.7);
    check(new TokenChoice(false, 1, 0, 1, 1, 1, 1), 0, 1, 0, 0);
  }

  @Test
  void typicalTokensAreThoseWhoseSurpriseIsNearestToItsMean() {
    // Entropy 1.2799; surprises 2.303, 0.916, 1.609, 1.204: nearest are 3, then 2, then 1.
    check(new TokenChoice(false, 1, 0, 1, 0, 0.29, 1), 0, 0, 0, 1);
    check(new TokenChoice(false, 1, 0, 1, 0, 0.45, 1), 0, 0, 0.4, 0.6);
    check(new TokenChoice(false, 1, 0, 1, 0, 0.6, 1), 0, 0.4 / 0.9, 0.2 / 0.9, 0.3 / 0.9);
  }

  @Test
  void cutsFollowOneAnotherInTheStatedOrder() {
    // Top k leaves .4 .3 .2; of their sum, .75 is held by the first two; of .4, .75 is .3.
    check(new TokenChoice(false, 1, 3, 0.75, 0.7, 1, 1), 0, 4 / 7.0, 0, 3 / 7.0);
    // At half the temperature .16 .09 .04 .01: min p .5 leaves two.
    check(new TokenChoice(false, 0.5, 0, 1, 0.5, 1, 1), 0, 0.64, 0, 0.36);
  }

  @Test
  void repeatedTokensLoseByTheirSignBeforeAllElse() {
    float[] logits = {2, 1.5f, -1, -1.5f};
    RandomStream random = RandomStream.root(1);
    TokenChoice greedy = new TokenChoice(true, 1, 0, 1, 0, 1, 2);
    assertThat(greedy.choose(logits, 0, 4, new int[] {0, 0, 9}, 3, random)).isEqualTo(1);
    assertThat(greedy.choose(logits, 0, 4, new int[] {0}, 0, random)).isZero();
    float[] negative = {-1, -1.5f};
    assertThat(greedy.choose(negative, 0, 2, new int[] {0}, 1, random)).isEqualTo(1);
    // 2 becomes 1 and wins over 0.5 by e^0.5 to 1.
    TokenChoice draw = new TokenChoice(false, 1, 0, 1, 0, 1, 2);
    int first = 0;
    for (int i = 0; i < DRAWS; i++) {
      first += draw.choose(new float[] {2, 0.5f}, 0, 2, new int[] {0}, 1, random) == 0 ? 1 : 0;
    }
    assertThat(first / (double) DRAWS).isCloseTo(1 / (1 + Math.exp(-0.5)), within(0.02));
  }
}
