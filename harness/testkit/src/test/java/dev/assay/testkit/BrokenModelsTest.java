package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Fit;
import dev.assay.spi.Param;
import dev.assay.testkit.CoinConfig.Fault;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each broken promise fails the test of the contract that is there for it. */
final class BrokenModelsTest {
  private final CoinContractTest contract = new CoinContractTest();

  @AfterEach
  void close() {
    contract.closeTrained();
  }

  @AfterAll
  static void endThreads() {
    CoinModel.END.countDown();
    CoinModel.REACHABLE.clear();
  }

  @Test
  void aLossThatRises() {
    fails(() -> contract.theLossFallsOnAToy(toy(Fault.RISING_LOSS)), "last third");
  }

  @Test
  void aResultThatTheSeedDoesNotDecide() {
    fails(
        () -> contract.theSameSeedGivesTheSameBitsAtAnyThreadCount(toy(Fault.UNSEEDED)),
        "1 threads");
  }

  @Test
  void aCheckpointThatForgets() {
    fails(
        () -> contract.aRestoredModelContinuesBitForBit(toy(Fault.FORGETS_ON_RESTORE)),
        "seen differs");
  }

  @Test
  void aSampleThatDependsOnItsPlaceInTheBatch() {
    fails(
        () -> contract.aSampleDoesNotDependOnHowManyAreDrawnAtOnce(toy(Fault.SAMPLES_BY_PLACE)),
        "sample ");
  }

  @Test
  void aScoreThatDependsOnItsBatch() {
    fails(
        () -> contract.aScoreDoesNotDependOnHowManyAreScoredAtOnce(toy(Fault.SCORES_BY_BATCH)),
        "exact score of example 0");
  }

  @Test
  void aMassAboveOne() {
    fails(
        () -> contract.massesSumToOneAndBoundsToNoMore(toy(Fault.MASS_ABOVE_ONE)),
        "sum of the masses of all 16 values");
  }

  @Test
  void aBoundAboveTheMass() {
    Toy toy = toy(Fault.BOUND_ABOVE_MASS);
    fails(() -> contract.massesSumToOneAndBoundsToNoMore(toy), "bound: sum of the masses");
    fails(() -> contract.aBoundStaysBelowTheKnownLikelihood(toy), "bound minus known");
  }

  @Test
  void samplesThatDoNotFollowTheScores() {
    fails(
        () -> contract.samplesOccurAsOftenAsTheirMassSays(toy(Fault.SAMPLES_OF_ANOTHER_MODEL)),
        "chi-squared");
  }

  @Test
  void codesThatLoseSomething() {
    fails(() -> contract.codesAndExamplesAreOne(toy(Fault.LOSES_IN_CODES)), "decoded codes");
  }

  @Test
  void aCodeThatDependsOnItsBatch() {
    fails(() -> contract.codesAndExamplesAreOne(toy(Fault.CODES_BY_BATCH)), "code of example 0");
  }

  @Test
  void completionsThatLoseWhatIsKnownOrReadWhatIsNot() {
    fails(
        () -> contract.aCompletionKeepsWhatIsKnown(toy(Fault.COMPLETES_ANEW)),
        "the first half known: number ");
    fails(
        () -> contract.aCompletionKeepsWhatIsKnown(toy(Fault.COMPLETES_BY_READING_WHAT_IS_HIDDEN)),
        "nothing known: is a number");
  }

  @Test
  void modelsAndThreadsThatStayAfterClosing() {
    fails(
        () ->
            contract.aClosedModelLeavesNothingBehindAndMayBeClosedAgain(toy(Fault.STAYS_REACHABLE)),
        "still reachable");
    fails(
        () ->
            contract.aClosedModelLeavesNothingBehindAndMayBeClosedAgain(toy(Fault.LEAVES_A_THREAD)),
        "still alive");
    fails(
        () -> contract.aClosedModelLeavesNothingBehindAndMayBeClosedAgain(toy(Fault.CLOSES_ONCE)),
        "second close");
  }

  @Test
  void anIdThatNobodyHas() {
    fails(() -> ConfigChecks.find("coins"), "providers with id 'coins'");
  }

  record Undocumented(@Param(doc = " ", value = "1") int width) {}

  record DefaultOutside(@Param(doc = "Width.", value = "0", min = 1) int width) {}

  record Bare(int width) {}

  @Test
  void aConfigurationThatIsNotComplete() {
    fails(() -> ConfigChecks.parameters(Undocumented.class), "doc of 'width'");
    assertThatThrownBy(() -> ConfigChecks.parameters(DefaultOutside.class))
        .hasMessageContaining("must be at least 1");
    assertThatThrownBy(() -> ConfigChecks.parameters(Bare.class))
        .hasMessageContaining("lacks @Param");
  }

  @Test
  void aMisfitWithoutAReasonAndAModelForEverything() {
    fails(() -> ConfigChecks.misfits(spec -> Fit.no("")), "reason not to learn");
    fails(() -> ConfigChecks.misfits(spec -> Fit.raw()), "data refused");
  }

  private static Toy toy(Fault fault) {
    return Toy.binaryImages().with("fault", fault.name().toLowerCase(Locale.ROOT));
  }

  private static void fails(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }
}
