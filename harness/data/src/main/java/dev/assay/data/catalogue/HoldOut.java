package dev.assay.data.catalogue;

import dev.assay.spi.Batch;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Train and test rows of a dataset without an official split. */
record HoldOut(Batch train, Batch test) {
  /** Rows whose index modulo {@code period} is the last residue are test rows; order is kept. */
  static HoldOut lastOfEvery(int period, Batch all) {
    IntPredicate isTest = index -> index % period == period - 1;
    return new HoldOut(
        all.select(indices(all.count(), isTest.negate())),
        all.select(indices(all.count(), isTest)));
  }

  private static int[] indices(int count, IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).toArray();
  }
}
