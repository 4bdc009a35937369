package dev.assay.testkit;

import dev.assay.spi.Param;

/**
 * @param batch images of one update
 * @param fault what is broken
 */
record CoinConfig(
    @Param(doc = "Images of one update.", value = "32", min = 1, max = 1000) int batch,
    @Param(doc = "What is broken.", value = "none") Fault fault) {
  enum Fault {
    NONE,
    RISING_LOSS,
    UNSEEDED,
    FORGETS_ON_RESTORE,
    SAMPLES_BY_PLACE,
    SCORES_BY_BATCH,
    MASS_ABOVE_ONE,
    BOUND_ABOVE_MASS,
    SAMPLES_OF_ANOTHER_MODEL,
    COMPLETES_ANEW,
    COMPLETES_BY_READING_WHAT_IS_HIDDEN,
    STAYS_REACHABLE,
    LEAVES_A_THREAD,
    CLOSES_ONCE,
    LOSES_IN_CODES,
    CODES_BY_BATCH
  }
}
