package dev.assay.data;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Train and test parts of data without an official split. */
public record HoldOut(Batch train, Batch test) {
  private static final long MILLION = 1_000_000;

  /**
   * Test examples spread evenly: with a fraction of 1/k the last of every k, so that rows sorted by
   * class are no trouble. Order is kept.
   *
   * @param fraction of the examples, between 0 and 1, in steps of a millionth
   * @throws IllegalArgumentException if either part would be empty
   */
  public static HoldOut spread(double fraction, Batch all) {
    long millionths = Math.round(fraction * MILLION);
    IntPredicate isTest =
        index -> (index + 1L) * millionths / MILLION > index * millionths / MILLION;
    return new HoldOut(
        part(all, isTest.negate(), "training", fraction), part(all, isTest, "test", fraction));
  }

  /**
   * The last characters of one running text as test part.
   *
   * @param fraction of the characters, between 0 and 1, in steps of a millionth
   * @throws IllegalArgumentException if either part would be empty
   */
  public static HoldOut tail(double fraction, String text) {
    long characters = text.codePointCount(0, text.length());
    long kept = characters * (MILLION - Math.round(fraction * MILLION)) / MILLION;
    if (kept == 0 || kept == characters) {
      throw empty(kept == 0 ? "training" : "test", fraction, characters);
    }
    int cut = text.offsetByCodePoints(0, (int) kept);
    return new HoldOut(stream(text.substring(0, cut)), stream(text.substring(cut)));
  }

  /** One running text. */
  public static Batch stream(String text) {
    return Batch.of(new Values.Texts(List.of(text)));
  }

  private static Batch part(Batch all, IntPredicate wanted, String name, double fraction) {
    int[] indices = IntStream.range(0, all.count()).filter(wanted).toArray();
    if (indices.length == 0) {
      throw empty(name, fraction, all.count());
    }
    return all.select(indices);
  }

  private static IllegalArgumentException empty(String part, double fraction, long count) {
    return new IllegalArgumentException(
        "a test fraction of %s of %d leaves the %s part empty".formatted(fraction, count, part));
  }
}
