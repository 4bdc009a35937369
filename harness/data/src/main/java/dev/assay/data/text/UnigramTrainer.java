package dev.assay.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns pieces of pre-tokens with their probabilities (Kudo 2018, §3.2): frequent substrings to
 * begin with; then, in turns, two rounds of EM, and the pieces go whose absence lowers the
 * likelihood least, a quarter at a time. Single bytes stay.
 */
final class UnigramTrainer {
  private static final int BYTES = 256;
  private static final int LONGEST = 16;
  private static final int SEEDS_PER_PIECE = 8;
  private static final int ROUNDS = 2;
  private static final double KEPT = 0.75;

  /** Expected number that a byte is given at least, so that it keeps a probability. */
  private static final double FLOOR = 0.01;

  private final byte[][] words;
  private final int[] weights;

  private UnigramTrainer(Map<String, Integer> preTokens) {
    Map<String, Integer> sorted = new TreeMap<>(preTokens);
    words =
        sorted.keySet().stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    weights = sorted.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The 256 bytes, then what was learnt.
   *
   * @param most pieces; at least 256
   */
  static Pieces pieces(List<String> texts, int most) {
    Map<String, Integer> preTokens = PreTokens.count(texts);
    UnigramTrainer trainer = new UnigramTrainer(preTokens);
    Pieces pieces = seeds(preTokens, SEEDS_PER_PIECE * (most - BYTES));
    while (true) {
      for (int round = 0; round < ROUNDS; round++) {
        pieces = trainer.maximised(pieces);
      }
      if (pieces.count() <= most) {
        return pieces;
      }
      int kept = (int) (BYTES + KEPT * (pieces.count() - BYTES));
      pieces = trainer.pruned(pieces, Math.max(most, kept));
    }
  }

  /** Substrings of whole characters that occur twice, by number times length. */
  private static Pieces seeds(Map<String, Integer> preTokens, int most) {
    Map<String, Long> counts = new HashMap<>();
    preTokens.forEach((word, count) -> {
      int[] characters = word.codePoints().toArray();
      for (int from = 0; from < characters.length; from++) {
        int longest = Math.min(LONGEST, characters.length - from);
        for (int size = 2; size <= longest; size++) {
          counts.merge(new String(characters, from, size), (long) count, Long::sum);
        }
      }
      for (int c : characters) {
        if (c >= 0x80) {
          counts.merge(Character.toString(c), (long) count, Long::sum);
        }
      }
    });
    List<Map.Entry<String, Long>> best =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= 2)
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, Long> e) -> -e.getValue() * e.getKey().length())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .toList();
    byte[][] pieces = new byte[BYTES + best.size()][];
    double[] numbers = new double[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      boolean single = i < BYTES;
      pieces[i] =
          single
              ? new byte[] {(byte) i}
              : best.get(i - BYTES).getKey().getBytes(StandardCharsets.UTF_8);
      numbers[i] = single ? 1 : best.get(i - BYTES).getValue();
    }
    return normalised(pieces, numbers);
  }

  /** One round of EM; pieces that are expected less than half a time go. */
  private Pieces maximised(Pieces pieces) {
    double[] expected = new double[pieces.count()];
    for (int w = 0; w < words.length; w++) {
      pieces.expect(words[w], weights[w], expected);
    }
    int[] kept =
        IntStream.range(0, expected.length).filter(i -> i < BYTES || expected[i] >= 0.5).toArray();
    return normalised(
        Arrays.stream(kept).mapToObj(pieces::bytes).toArray(byte[][]::new),
        Arrays.stream(kept).mapToDouble(i -> Math.max(FLOOR, expected[i])).toArray());
  }

  private static Pieces normalised(byte[][] pieces, double[] numbers) {
    double total = Arrays.stream(numbers).sum();
    return new Pieces(pieces, Arrays.stream(numbers).map(n -> Math.log(n / total)).toArray());
  }

  /**
   * Without the learnt pieces that matter least: number of uses in best cuts, times what a use
   * loses when the piece is cut up instead.
   */
  private Pieces pruned(Pieces pieces, int most) {
    double[] losses = new double[pieces.count()];
    for (int w = 0; w < words.length; w++) {
      for (int piece : pieces.best(words[w])) {
        losses[piece] += weights[w];
      }
    }
    for (int i = BYTES; i < losses.length; i++) {
      losses[i] *= pieces.log(i) - pieces.log(pieces.best(pieces.bytes(i), i));
    }
    List<Integer> learnt = new ArrayList<>(IntStream.range(BYTES, losses.length).boxed().toList());
    learnt.sort(Comparator.comparingDouble((Integer i) -> -losses[i]).thenComparing(i -> i));
    int[] kept =
        IntStream.concat(
                IntStream.range(0, BYTES),
                learnt.stream().limit(most - BYTES).mapToInt(Integer::intValue).sorted())
            .toArray();
    return normalised(
        Arrays.stream(kept).mapToObj(pieces::bytes).toArray(byte[][]::new),
        Arrays.stream(kept).mapToDouble(i -> Math.exp(pieces.log(i))).toArray());
  }
}
