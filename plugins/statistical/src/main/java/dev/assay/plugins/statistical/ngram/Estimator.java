package dev.assay.plugins.statistical.ngram;

/** Probabilities from the counts of a trie. */
sealed interface Estimator permits AddK, KneserNey {
  /**
   * p(token | history).
   *
   * @param context the longest part of the history, from its end, that stands in the trie
   * @param known tokens of the history, at most the order less one
   */
  double probability(Trie trie, int context, int known, int token);

  /** p(· | history) of all tokens, into {@code out} [tokens]. */
  void distribution(Trie trie, int context, int known, double[] out);
}
