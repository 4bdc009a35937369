package dev.assay.plugins.transformer.t5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpanCorruptionTest {
  private static final int END = 50;
  private static final int SENTINEL = 51;

  /** The source's text with what each sentinel hides in its place. */
  private static List<Integer> merged(Pair pair) {
    List<Integer> text = new ArrayList<>();
    for (int token : pair.source()) {
      if (token < END) {
        text.add(token);
      } else if (token >= SENTINEL) {
        int[] target = pair.target();
        int at = 0;
        while (target[at] != token) {
          at++;
        }
        for (int i = at + 1; target[i] < SENTINEL; i++) {
          text.add(target[i]);
        }
      }
    }
    return text;
  }

  @Test
  void sentinelsReplacedByWhatTheyHideGiveTheTextBack() {
    RandomStream random = RandomStream.root(1);
    for (int i = 0; i < 2000; i++) {
      int[] tokens = IntStream.range(0, random.nextInt(60)).map(_ -> random.nextInt(END)).toArray();
      SpanCorruption corruption =
          new SpanCorruption(0.01 + 0.99 * random.nextDouble(), 1 + 5 * random.nextDouble());
      Pair pair = corruption.apply(tokens, SENTINEL, END, random);
      assertThat(merged(pair)).containsExactlyElementsOf(IntStream.of(tokens).boxed().toList());
      int[] kept = IntStream.of(pair.source()).filter(token -> token >= SENTINEL).toArray();
      int[] told = IntStream.of(pair.target()).filter(token -> token >= SENTINEL).toArray();
      assertThat(kept).isEqualTo(IntStream.range(SENTINEL, SENTINEL + kept.length).toArray());
      assertThat(told).isEqualTo(IntStream.rangeClosed(SENTINEL, SENTINEL + kept.length).toArray());
      assertThat(told.length).isLessThanOrEqualTo(corruption.sentinels(60));
      assertThat(pair.source()).endsWith(END);
      assertThat(pair.target()).startsWith(END).endsWith(told[kept.length], END);
    }
  }

  @Test
  void ofAHundredTokensFifteenAreHiddenInFiveSpansAnywhere() {
    int[] tokens = IntStream.range(0, 100).map(i -> i % END).toArray();
    int[] hidden = new int[100];
    int runs = 4000;
    for (int run = 0; run < runs; run++) {
      Pair pair =
          new SpanCorruption(0.15, 3).apply(tokens, SENTINEL, END, RandomStream.root(2).child(run));
      // 85 tokens, 5 sentinels, the end; the start, 15 tokens, 6 sentinels, the end.
      assertThat(pair.source()).hasSize(91);
      assertThat(pair.target()).hasSize(23);
      int place = 0;
      for (int at = 0; at < 90; at++) {
        int token = pair.source()[at];
        assertThat(token >= SENTINEL && pair.source()[at + 1] >= SENTINEL).isFalse();
        while (token < END && tokens[place] != token) {
          hidden[place++]++;
        }
        place += token < END ? 1 : 0;
      }
    }
    // Each place is hidden with a probability of 0.15 but near the ends: a deviation of 0.0056.
    assertThat(IntStream.range(5, 95).mapToDouble(i -> hidden[i] / (double) runs))
        .allSatisfy(share -> assertThat(share).isBetween(0.12, 0.18));
  }
}
