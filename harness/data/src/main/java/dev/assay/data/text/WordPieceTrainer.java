package dev.assay.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns pieces of words. Beginning with characters, the pair of neighbours is joined that adds
 * most to the likelihood of the text under the frequencies of its pieces: n(ab) ln(n(ab) n / (n(a)
 * n(b))). Schuster and Nakajima 2012, §2.
 */
final class WordPieceTrainer {
  private static final int MINIMUM_COUNT = 2;

  private final List<String> pieces = new ArrayList<>();
  private final Map<String, Integer> pieceOf = new HashMap<>();
  private final PairCounts counts;
  private long total;

  private long bestPair;
  private double bestGain;

  private WordPieceTrainer(Map<String, Integer> words, int vocabulary) {
    alphabet(words, vocabulary);
    List<int[]> spelt = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    words.forEach((word, count) -> {
      int[] units = units(word);
      if (units.length > 0) {
        spelt.add(units);
        weights.add(count);
        total += (long) units.length * count;
      }
    });
    counts =
        new PairCounts(
            spelt.toArray(int[][]::new), weights.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Pieces in the order of learning; those that do not begin a word begin with {@code ##}.
   *
   * @param words how often each word occurs
   * @param most pieces
   */
  static List<String> pieces(Map<String, Integer> words, int most) {
    WordPieceTrainer trainer = new WordPieceTrainer(new TreeMap<>(words), most);
    while (trainer.pieces.size() < most && trainer.join()) {}
    return trainer.pieces;
  }

  /** The commonest characters, in their order. */
  private void alphabet(Map<String, Integer> words, int most) {
    Map<String, Integer> number = new HashMap<>();
    words.forEach((word, count) ->
        characters(word).forEach(piece -> number.merge(piece, count, Integer::sum)));
    number.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .sorted(Comparator.naturalOrder())
        .forEach(this::add);
  }

  private int add(String piece) {
    return pieceOf.computeIfAbsent(
        piece,
        _ -> {
          pieces.add(piece);
          return pieces.size() - 1;
        });
  }

  private static List<String> characters(String word) {
    List<String> characters = new ArrayList<>();
    word.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            c -> characters.add(characters.isEmpty() ? c : WordPieceTokenizer.CONTINUATION + c));
    return characters;
  }

  /** The word's characters as units; empty if one is not in the alphabet. */
  private int[] units(String word) {
    int[] units = new int[word.codePointCount(0, word.length())];
    int size = 0;
    for (String character : characters(word)) {
      Integer unit = pieceOf.get(character);
      if (unit == null) {
        return new int[0];
      }
      units[size++] = unit;
    }
    return units;
  }

  /** Joins the best pair; false if no pair that occurs twice adds anything. */
  private boolean join() {
    bestGain = 0;
    bestPair = Long.MAX_VALUE;
    counts.forEach(this::consider);
    if (bestGain <= 0) {
      return false;
    }
    total -= counts.count(bestPair);
    String left = pieces.get(PairCounts.left(bestPair));
    String right = pieces.get(PairCounts.right(bestPair));
    int joined = add(left + right.substring(WordPieceTokenizer.CONTINUATION.length()));
    counts.merge(bestPair, joined);
    return true;
  }

  private void consider(long pair, long count) {
    if (count < MINIMUM_COUNT) {
      return;
    }
    double expected =
        (double) counts.unit(PairCounts.left(pair)) * counts.unit(PairCounts.right(pair)) / total;
    double gain = count * Math.log(count / expected);
    if (gain > bestGain || (gain == bestGain && pair < bestPair)) {
      bestGain = gain;
      bestPair = pair;
    }
  }
}
