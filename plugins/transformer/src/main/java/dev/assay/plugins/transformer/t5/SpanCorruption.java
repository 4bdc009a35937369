package dev.assay.plugins.transformer.t5;

import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Spans of a text are hidden, each behind a sentinel of its own; the target is each sentinel with
 * what it hides, and a last sentinel. Raffel et al. 2020, §3.1.4 and 3.3.4.
 *
 * @param share of the tokens that are hidden, in (0, 1]
 * @param span mean length of the spans, at least 1
 */
record SpanCorruption(double share, double span) {
  /** Tokens to hide of so many. */
  private int hidden(int tokens) {
    return Math.clamp(Math.round(share * tokens), Math.min(1, tokens), tokens);
  }

  /** Spans to hide of so many tokens; at least one token stands between two of them. */
  private int spans(int tokens) {
    int hidden = hidden(tokens);
    int most = Math.min(hidden, tokens - hidden + 1);
    return Math.clamp(Math.round(hidden / span), Math.min(1, most), most);
  }

  /** Sentinels that texts of up to so many tokens need. */
  int sentinels(int tokens) {
    int most = 0;
    for (int i = 0; i <= tokens; i++) {
      most = Math.max(most, spans(i));
    }
    return most + 1;
  }

  /**
   * The source and the target of a text. Each choice of spans of equal number and total length is
   * equally likely.
   *
   * @param sentinel number of the first sentinel
   * @param end the token at the end of both, and at the start of the target
   */
  Pair apply(int[] tokens, int sentinel, int end, RandomStream random) {
    int hidden = hidden(tokens.length);
    int spans = spans(tokens.length);
    int[] gaps = chosen(spans, tokens.length - hidden + 1, random);
    int[] cuts = chosen(Math.max(0, spans - 1), Math.max(0, hidden - 1), random);
    int[] source = new int[tokens.length - hidden + spans + 1];
    int[] target = new int[hidden + spans + 3];
    target[0] = end;
    int read = 0;
    int from = 0;
    int to = 1;
    for (int i = 0; i < spans; i++) {
      int kept = gaps[i] - (i == 0 ? 0 : gaps[i - 1]);
      int length = (i < spans - 1 ? cuts[i] + 1 : hidden) - (i == 0 ? 0 : cuts[i - 1] + 1);
      System.arraycopy(tokens, read, source, from, kept);
      read += kept;
      from += kept;
      source[from++] = sentinel + i;
      target[to++] = sentinel + i;
      System.arraycopy(tokens, read, target, to, length);
      read += length;
      to += length;
    }
    System.arraycopy(tokens, read, source, from, tokens.length - read);
    source[source.length - 1] = end;
    target[to] = sentinel + spans;
    target[to + 1] = end;
    return new Pair(source, target);
  }

  /** So many of the numbers 0 … n − 1, ascending. */
  private static int[] chosen(int count, int n, RandomStream random) {
    int[] chosen = Arrays.copyOf(random.permutation(n), count);
    Arrays.sort(chosen);
    return chosen;
  }
}
