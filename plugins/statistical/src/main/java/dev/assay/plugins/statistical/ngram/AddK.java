package dev.assay.plugins.statistical.ngram;

/**
 * (c(h, w) + k) / (c(h) + k V) on the longest n-grams. Chen and Goodman 1999, §2.1.
 *
 * @param k pseudo-count
 */
record AddK(Vocabulary vocabulary, double k) implements Estimator {
  @Override
  public double probability(Trie trie, int context, int known, int token) {
    if (trie.length(context) < known) {
      return 1.0 / vocabulary.size();
    }
    int child = trie.child(context, token);
    double count = child == Trie.NONE ? 0 : trie.count(child);
    return (count + k) / (trie.total(context) + k * vocabulary.size());
  }

  @Override
  public void distribution(Trie trie, int context, int known, double[] out) {
    if (trie.length(context) < known) {
      vocabulary.fill(out, 1.0 / vocabulary.size());
      return;
    }
    double total = trie.total(context) + k * vocabulary.size();
    vocabulary.fill(out, k / total);
    for (int c = trie.firstChild(context); c != Trie.NONE; c = trie.sibling(c)) {
      out[trie.token(c)] += trie.count(c) / total;
    }
  }
}
