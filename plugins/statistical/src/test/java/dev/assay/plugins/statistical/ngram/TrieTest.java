package dev.assay.plugins.statistical.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrieTest {
  private static final int ORDER = 4;

  private final int[] text = text();
  private final Trie trie = new Trie(ORDER);

  TrieTest() {
    int context = Trie.ROOT;
    for (int token : text) {
      context = trie.add(context, token);
    }
  }

  @Test
  void countsAreOccurrencesOfTheLongestAndDifferentPredecessorsOfShorterNgrams() {
    for (int length = 1; length <= ORDER; length++) {
      Map<List<Integer>, Integer> occurrences = new HashMap<>();
      Map<List<Integer>, Set<Integer>> before = new HashMap<>();
      for (int i = 0; i + length <= text.length; i++) {
        List<Integer> ngram = ngram(i, length);
        occurrences.merge(ngram, 1, Integer::sum);
        // −1 stands for the beginning
        before.computeIfAbsent(ngram, k -> new HashSet<>()).add(i == 0 ? -1 : text[i - 1]);
      }
      for (Map.Entry<List<Integer>, Integer> entry : occurrences.entrySet()) {
        int expected = length == ORDER ? entry.getValue() : before.get(entry.getKey()).size();
        assertThat(trie.count(node(entry.getKey()))).as("%s", entry.getKey()).isEqualTo(expected);
      }
    }
  }

  @Test
  void totalsAndTypesAreSumsOverTheChildren() {
    for (int node = 0; node < trie.size(); node++) {
      int total = 0;
      int types = 0;
      for (int c = trie.firstChild(node); c != Trie.NONE; c = trie.sibling(c)) {
        assertThat(trie.child(node, trie.token(c))).isEqualTo(c);
        total += trie.count(c);
        types++;
      }
      assertThat(trie.total(node)).isEqualTo(total);
      assertThat(trie.types(node)).isEqualTo(types);
    }
  }

  @Test
  void whatIsPackedComesBackTheSame() {
    Trie copy = Trie.ofLongs(ORDER, trie.toLongs());
    assertThat(copy.toLongs()).isEqualTo(trie.toLongs());
    for (int node = 0; node < trie.size(); node++) {
      assertThat(copy.total(node)).isEqualTo(trie.total(node));
      assertThat(copy.types(node)).isEqualTo(trie.types(node));
      assertThat(copy.suffix(node)).isEqualTo(trie.suffix(node));
      assertThat(copy.firstChild(node)).isEqualTo(trie.firstChild(node));
    }
  }

  @Test
  void aDamagedCheckpointIsRefused() {
    assertThatThrownBy(() -> Trie.ofLongs(ORDER, new long[] {7L << 32, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("n-gram 0");
  }

  private int node(List<Integer> ngram) {
    int node = Trie.ROOT;
    for (int token : ngram) {
      node = trie.child(node, token);
    }
    return node;
  }

  private List<Integer> ngram(int from, int length) {
    return Arrays.stream(text, from, from + length).boxed().toList();
  }

  /** Long enough that the tables grow several times. */
  private static int[] text() {
    RandomStream random = RandomStream.root(9);
    int[] text = new int[4000];
    for (int i = 0; i < text.length; i++) {
      text[i] = random.nextInt(1 + random.nextInt(12));
    }
    return text;
  }
}
