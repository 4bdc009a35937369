package dev.assay.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.TokenizerSpec.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each learnt scheme against a slow second way to the same result. */
final class SubwordsTest {
  private static final Pattern GPT2 =
      Pattern.compile(
          "(?U)'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private static final List<String> CORPUS =
      List.of(
          "the lower the newer, the lowest the newest; we're widest when it's wide",
          "  low lower lowest   new newer newest wide wider widest\n\n",
          "안녕하세요 세계 안녕 👩‍👩‍👧 😀😀 세계에서");

  @Test
  void preTokensAreTheMatchesOfGpt2sPattern() {
    List<String> texts = new ArrayList<>(RandomTexts.of(10_000, 1));
    texts.addAll(CORPUS);
    for (String text : texts) {
      assertThat(PreTokens.of(text))
          .as(text)
          .isEqualTo(GPT2.matcher(text).results().map(MatchResult::group).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BYTE", "BPE", "UNIGRAM"})
  void everyTextComesBackFromTokensThatStandForBytes(Scheme scheme) {
    Tokenizer tokenizer = Tokenizers.create(new TokenizerSpec(scheme, Side.X, 320, 1), CORPUS);
    List<String> texts = new ArrayList<>(RandomTexts.of(10_000, 2));
    texts.addAll(CORPUS);
    texts.add("한국어와 이모지 🇰🇷🧑🏽‍🚀 " + "a".repeat(5000));
    for (String text : texts) {
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void bytePairsAreMergedInTheOrderThatCountingAnewEachTimeGives() {
    List<Long> merges = BpeTrainer.merges(CORPUS, 35);
    assertThat(merges).hasSize(35).isEqualTo(countedAnew(35));
  }

  /** Pairs as merged, by counting all pairs of all pre-tokens before each merge. */
  private static List<Long> countedAnew(int most) {
    List<List<Integer>> words = new ArrayList<>();
    CORPUS.stream()
        .flatMap(text -> PreTokens.of(text).stream())
        .forEach(word ->
            words.add(new ArrayList<>(Arrays.stream(BpeTrainer.bytes(word)).boxed().toList())));
    List<Long> merges = new ArrayList<>();
    while (merges.size() < most) {
      Map<Long, Integer> counts = new TreeMap<>();
      for (List<Integer> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          counts.merge(PairCounts.pair(word.get(i), word.get(i + 1)), 1, Integer::sum);
        }
      }
      long best =
          counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getValue();
      long pair =
          counts.entrySet().stream().filter(e -> e.getValue() == best).findFirst().get().getKey();
      words.forEach(word -> replace(word, pair, 256 + merges.size()));
      merges.add(pair);
    }
    return merges;
  }

  private static void replace(List<Integer> word, long pair, int merged) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (PairCounts.pair(word.get(i), word.get(i + 1)) == pair) {
        word.set(i, merged);
        word.remove(i + 1);
      }
    }
  }

  @Test
  void encodingAppliesEveryMergeInTurn() {
    Tokenizer bpe = Tokenizers.create(new TokenizerSpec(Scheme.BPE, Side.X, 310, 1), CORPUS);
    List<Long> merges = BpeTrainer.merges(CORPUS, 54);
    List<String> texts = new ArrayList<>(CORPUS);
    texts.add("slower newest lowing 세계 wwwidestestest thethe");
    texts.addAll(RandomTexts.of(300, 3));
    for (String text : texts) {
      List<Integer> expected = new ArrayList<>();
      for (String word : PreTokens.of(text)) {
        List<Integer> units =
            new ArrayList<>(Arrays.stream(BpeTrainer.bytes(word)).boxed().toList());
        for (int m = 0; m < merges.size(); m++) {
          replace(units, merges.get(m), 256 + m);
        }
        expected.addAll(units);
      }
      assertThat(bpe.encode(text)).containsExactly(expected.toArray(Integer[]::new));
    }
  }

  @Test
  void bytePairsEndWhereNothingOccursTwice() {
    assertThat(Tokenizers.create(TokenizerSpec.of(Scheme.BPE), List.of("abcd")).size())
        .isEqualTo(257);
    // "ab" becomes one, then "abab".
    assertThat(Tokenizers.create(TokenizerSpec.of(Scheme.BPE), List.of("abab abab")).size())
        .isEqualTo(259);
  }

  @Test
  void wordPiecesAreJoinedByTheirGainInLikelihood() {
    Map<String, Integer> words = Map.of("low", 5, "lower", 2, "newest", 6, "widest", 3);
    assertThat(WordPieceTrainer.pieces(words, 19)).isEqualTo(joinedAnew(words, 19));
  }

  /** Pieces by recounting everything before each join. */
  private static List<String> joinedAnew(Map<String, Integer> words, int most) {
    Map<List<String>, Integer> spelt = new HashMap<>();
    words.forEach((word, count) -> {
      List<String> letters = new ArrayList<>();
      word.chars().forEach(c -> letters.add((letters.isEmpty() ? "" : "##") + (char) c));
      spelt.put(letters, count);
    });
    List<String> pieces =
        new ArrayList<>(spelt.keySet().stream().flatMap(List::stream).distinct().sorted().toList());
    while (pieces.size() < most) {
      Map<String, Integer> single = new HashMap<>();
      Map<List<String>, Integer> pairs = new HashMap<>();
      int total = 0;
      for (Map.Entry<List<String>, Integer> word : spelt.entrySet()) {
        List<String> units = word.getKey();
        for (int i = 0; i < units.size(); i++) {
          single.merge(units.get(i), word.getValue(), Integer::sum);
          total += word.getValue();
          if (i > 0) {
            pairs.merge(units.subList(i - 1, i + 1), word.getValue(), Integer::sum);
          }
        }
      }
      int all = total;
      Comparator<List<String>> gain =
          Comparator.comparingDouble(pair -> {
            double a = single.get(pair.get(0));
            double b = single.get(pair.get(1));
            double ab = pairs.get(pair);
            return ab * Math.log(ab / (a * b / all));
          });
      Comparator<List<String>> later =
          Comparator.<List<String>>comparingInt(pair -> pieces.indexOf(pair.get(0)))
              .thenComparingInt(pair -> pieces.indexOf(pair.get(1)));
      List<String> best = pairs.keySet().stream().max(gain.thenComparing(later.reversed())).get();
      pieces.add(best.get(0) + best.get(1).substring(2));
      Map<List<String>, Integer> joined = new HashMap<>();
      spelt.forEach((units, count) -> {
        List<String> next = new ArrayList<>(units);
        for (int i = 0; i + 1 < next.size(); i++) {
          if (next.subList(i, i + 2).equals(best)) {
            next.set(i, pieces.getLast());
            next.remove(i + 1);
          }
        }
        joined.put(next, count);
      });
      spelt.clear();
      spelt.putAll(joined);
    }
    return pieces;
  }

  @Test
  void aWordIsCutIntoItsLongestPiecesOrUnknown() {
    Tokenizer pieces =
        Tokenizers.of(
            List.of(WordPieceTokenizer.RULES, "un", "##aff", "##able", "##ff", "a", "una", ","));
    // The longest beginning is "una", after which "##ff" and "##able" follow.
    assertThat(pieces.encode("unaffable,a")).containsExactly(5, 3, 2, 6, 4);
    assertThat(pieces.encode("unable x")).containsExactly(7, 7);
    assertThat(pieces.decode(new int[] {5, 3, 2, 6, 7, 8})).isEqualTo("unaffable , [UNK]");
  }

  @Test
  void theLikeliestCutAndTheExpectedPiecesAreThoseOfAllCutsTogether() {
    byte[][] pieces = new byte[262][];
    double[] logs = new double[pieces.length];
    List<String> learnt = List.of("ab", "bc", "abc", "cab", "aa", "bca");
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] =
          i < 256 ? new byte[] {(byte) i} : learnt.get(i - 256).getBytes(StandardCharsets.UTF_8);
      logs[i] = i < 256 ? -4 - i % 3 : -5 - 0.37 * i % 1;
    }
    Pieces lattice = new Pieces(pieces, logs);
    for (String word : List.of("a", "abcab", "aabcabca", "bcabcaab")) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      List<int[]> cuts = cuts(bytes, 0, pieces).toList();
      double best = cuts.stream().mapToDouble(lattice::log).max().orElseThrow();
      assertThat(lattice.log(lattice.best(bytes))).isEqualTo(best);
      double whole = cuts.stream().mapToDouble(cut -> Math.exp(lattice.log(cut))).sum();
      double[] wanted = new double[pieces.length];
      for (int[] cut : cuts) {
        for (int piece : cut) {
          wanted[piece] += 3 * Math.exp(lattice.log(cut)) / whole;
        }
      }
      double[] expected = new double[pieces.length];
      assertThat(lattice.expect(bytes, 3, expected)).isCloseTo(Math.log(whole), within(1e-9));
      assertThat(expected).containsExactly(wanted, within(1e-9));
    }
    assertThat(lattice.best("abc".getBytes(StandardCharsets.UTF_8), 258)).hasSize(2);
  }

  private static Stream<int[]> cuts(byte[] word, int from, byte[][] pieces) {
    if (from == word.length) {
      return Stream.of(new int[0]);
    }
    Stream.Builder<Stream<int[]>> all = Stream.builder();
    for (int p = 0; p < pieces.length; p++) {
      int piece = p;
      int to = from + pieces[p].length;
      if (to <= word.length && Arrays.equals(word, from, to, pieces[p], 0, pieces[p].length)) {
        all.add(
            cuts(word, to, pieces)
                .map(rest -> {
                  int[] cut = new int[rest.length + 1];
                  cut[0] = piece;
                  System.arraycopy(rest, 0, cut, 1, rest.length);
                  return cut;
                }));
      }
    }
    return all.build().flatMap(cut -> cut);
  }

  @Test
  void aUnigramVocabularyHasTheSizeThatWasAskedForAndCutsTextShorterThanBytes() {
    String text = "the lower the newer, the lowest the newest ".repeat(3) + "안녕 안녕 안녕";
    Tokenizer unigram =
        Tokenizers.create(new TokenizerSpec(Scheme.UNIGRAM, Side.X, 270, 1), List.of(text));
    assertThat(unigram.size()).isBetween(262, 271);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertThat(unigram.encode(text).length).isLessThan(bytes / 2);
  }
}
