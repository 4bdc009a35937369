package dev.assay.plugins.statistical.ngram;

import java.util.Arrays;

/**
 * Interpolated Kneser-Ney: p(w | h) = max(c(h, w) − D, 0) / c(h) + D N(h) / c(h) · p(w | h′), where
 * h′ is h without its first token and N(h) counts the different tokens seen after h; below the
 * single tokens stands the uniform distribution. Chen and Goodman 1999, §3.
 *
 * @param discounts D by length of the n-gram; at 0 unused
 */
record KneserNey(Vocabulary vocabulary, double[] discounts) implements Estimator {
  /** One discount for all lengths. */
  static KneserNey fixed(Vocabulary vocabulary, int order, double discount) {
    double[] discounts = new double[order + 1];
    Arrays.fill(discounts, discount);
    return new KneserNey(vocabulary, discounts);
  }

  /** D = n₁ / (n₁ + 2 n₂) for each length, nᵢ the number of n-grams that count i; ½ if n₁ is 0. */
  static KneserNey estimated(Vocabulary vocabulary, Trie trie) {
    double[] once = new double[trie.order() + 1];
    double[] twice = new double[trie.order() + 1];
    for (int node = 1; node < trie.size(); node++) {
      once[trie.length(node)] += trie.count(node) == 1 ? 1 : 0;
      twice[trie.length(node)] += trie.count(node) == 2 ? 1 : 0;
    }
    double[] discounts = new double[trie.order() + 1];
    for (int length = 1; length < discounts.length; length++) {
      discounts[length] =
          once[length] == 0 ? 0.5 : once[length] / (once[length] + 2 * twice[length]);
    }
    return new KneserNey(vocabulary, discounts);
  }

  @Override
  public double probability(Trie trie, int context, int known, int token) {
    double lower =
        context == Trie.ROOT
            ? 1.0 / vocabulary.size()
            : probability(trie, trie.suffix(context), known, token);
    double total = trie.total(context);
    if (total == 0) {
      return lower;
    }
    double discount = discounts[trie.length(context) + 1];
    int child = trie.child(context, token);
    double own = child == Trie.NONE ? 0 : Math.max(trie.count(child) - discount, 0);
    return (own + discount * trie.types(context) * lower) / total;
  }

  @Override
  public void distribution(Trie trie, int context, int known, double[] out) {
    if (context == Trie.ROOT) {
      vocabulary.fill(out, 1.0 / vocabulary.size());
    } else {
      distribution(trie, trie.suffix(context), known, out);
    }
    double total = trie.total(context);
    if (total == 0) {
      return;
    }
    double discount = discounts[trie.length(context) + 1];
    double left = discount * trie.types(context) / total;
    for (int token = 0; token < out.length; token++) {
      out[token] *= left;
    }
    for (int c = trie.firstChild(context); c != Trie.NONE; c = trie.sibling(c)) {
      out[trie.token(c)] += Math.max(trie.count(c) - discount, 0) / total;
    }
  }
}
