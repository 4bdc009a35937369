package dev.assay.plugins.statistical.ngram;

import java.util.Arrays;

/**
 * n-grams up to some length, each a node below its first n − 1 tokens. Counts are those of
 * Kneser-Ney: the longest n-grams count their occurrences, shorter ones the different tokens seen
 * before them; where nothing stands before them, at the beginning of a stream, their occurrences.
 */
final class Trie {
  static final int ROOT = 0;
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 1 << 10;

  private final int order;
  private int size = 1;

  // By node.
  private int[] parent = new int[FIRST_CAPACITY];
  private int[] token = new int[FIRST_CAPACITY];
  private int[] suffix = new int[FIRST_CAPACITY];
  private int[] count = new int[FIRST_CAPACITY];
  private int[] total = new int[FIRST_CAPACITY];
  private int[] types = new int[FIRST_CAPACITY];
  private int[] firstChild = new int[FIRST_CAPACITY];
  private int[] sibling = new int[FIRST_CAPACITY];
  private byte[] length = new byte[FIRST_CAPACITY];

  /**
   * Nodes by parent and token, with open addressing; 0 is free, since nobody's child is the root.
   */
  private int[] table = new int[2 * FIRST_CAPACITY];

  /**
   * @param order tokens of the longest n-grams, at most 127
   */
  Trie(int order) {
    this.order = order;
    firstChild[ROOT] = NONE;
  }

  int order() {
    return order;
  }

  /** Nodes, the root among them. */
  int size() {
    return size;
  }

  /** Tokens of a node's n-gram. */
  int length(int node) {
    return length[node];
  }

  /** The last token of a node's n-gram. */
  int token(int node) {
    return token[node];
  }

  /** The node of the n-gram without its first token. */
  int suffix(int node) {
    return suffix[node];
  }

  int count(int node) {
    return count[node];
  }

  /** Sum of the children's counts. */
  int total(int node) {
    return total[node];
  }

  /** Children with a count. */
  int types(int node) {
    return types[node];
  }

  /** The youngest child, or {@link #NONE}. */
  int firstChild(int node) {
    return firstChild[node];
  }

  /** The next older child of the same parent, or {@link #NONE}. */
  int sibling(int node) {
    return sibling[node];
  }

  /** The node of an n-gram and one more token, or {@link #NONE}. */
  int child(int node, int token) {
    for (int slot = slot(node, token); ; slot = slot + 1 & table.length - 1) {
      int found = table[slot];
      if (found == ROOT) {
        return NONE;
      }
      if (parent[found] == node && this.token[found] == token) {
        return found;
      }
    }
  }

  /**
   * The context that follows: of the n-grams that end in {@code token} and stand in the trie, the
   * longest that can still grow.
   */
  int next(int context, int token) {
    for (int c = context; ; c = suffix[c]) {
      int node = child(c, token);
      if (node != NONE) {
        return growable(node);
      }
      if (c == ROOT) {
        return ROOT;
      }
    }
  }

  /** As {@link #next}, but adds what is missing, without counting it. */
  int extend(int context, int token) {
    return growable(childOrNew(context, token));
  }

  /** Counts one occurrence of a token after a context. Returns the context that follows. */
  int add(int context, int token) {
    int node = childOrNew(context, token);
    int counted = node;
    boolean fresh = true;
    while (fresh && counted != ROOT) {
      fresh = count[counted]++ == 0;
      total[parent[counted]]++;
      types[parent[counted]] += fresh ? 1 : 0;
      counted = suffix[counted];
    }
    return growable(node);
  }

  private int growable(int node) {
    return length[node] == order ? suffix[node] : node;
  }

  private int childOrNew(int node, int token) {
    int found = child(node, token);
    return found == NONE
        ? append(node, token, node == ROOT ? ROOT : childOrNew(suffix[node], token))
        : found;
  }

  private int append(int under, int last, int without) {
    if (size == parent.length) {
      grow();
    }
    int node = size++;
    parent[node] = under;
    token[node] = last;
    suffix[node] = without;
    length[node] = (byte) (length[under] + 1);
    firstChild[node] = NONE;
    sibling[node] = firstChild[under];
    firstChild[under] = node;
    insert(node);
    return node;
  }

  private void insert(int node) {
    int slot = slot(parent[node], token[node]);
    while (table[slot] != ROOT) {
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = node;
  }

  private int slot(int node, int token) {
    long key = ((long) node << 32 | token) * 0x9E3779B97F4A7C15L;
    return (int) (key >>> 32) & table.length - 1;
  }

  private void grow() {
    int capacity = Math.multiplyExact(2, size);
    parent = Arrays.copyOf(parent, capacity);
    token = Arrays.copyOf(token, capacity);
    suffix = Arrays.copyOf(suffix, capacity);
    count = Arrays.copyOf(count, capacity);
    total = Arrays.copyOf(total, capacity);
    types = Arrays.copyOf(types, capacity);
    firstChild = Arrays.copyOf(firstChild, capacity);
    sibling = Arrays.copyOf(sibling, capacity);
    length = Arrays.copyOf(length, capacity);
    table = new int[Math.multiplyExact(2, capacity)];
    for (int node = 1; node < size; node++) {
      insert(node);
    }
  }

  /** All but the root, two numbers each: parent and token, then suffix and count. */
  long[] toLongs() {
    long[] packed = new long[2 * (size - 1)];
    for (int node = 1; node < size; node++) {
      packed[2 * node - 2] = (long) parent[node] << 32 | token[node];
      packed[2 * node - 1] = (long) suffix[node] << 32 | count[node];
    }
    return packed;
  }

  /**
   * The trie that {@link #toLongs} packed.
   *
   * @throws IllegalStateException if the numbers are none of its
   */
  static Trie ofLongs(int order, long[] packed) {
    Trie trie = new Trie(order);
    for (int i = 0; i + 1 < packed.length; i += 2) {
      int under = (int) (packed[i] >>> 32);
      int without = (int) (packed[i + 1] >>> 32);
      if (under >= trie.size || without >= trie.size || trie.length[under] >= order) {
        throw new IllegalStateException("n-gram " + i / 2 + " of the checkpoint is damaged");
      }
      int node = trie.append(under, (int) packed[i], without);
      trie.count[node] = (int) packed[i + 1];
      trie.total[under] += trie.count[node];
      trie.types[under] += trie.count[node] > 0 ? 1 : 0;
    }
    return trie;
  }
}
