package dev.assay.data.text;

import java.util.Arrays;

/**
 * Pieces of bytes with their ln probabilities, as a trie; and the ways to cut a word into them. The
 * 256 single bytes are always among them, so that every word can be cut.
 */
final class Pieces {
  private static final int NONE = -1;

  private final byte[][] pieces;
  private final double[] logs;
  private long[] keys = new long[1 << 12];
  private int[] children = new int[keys.length];
  private int[] pieceAt = new int[1 << 10];
  private int nodes = 1;

  /**
   * @param pieces distinct; the single bytes first, in order
   * @param logs ln probabilities
   */
  Pieces(byte[][] pieces, double[] logs) {
    this.pieces = pieces;
    this.logs = logs;
    Arrays.fill(keys, NONE);
    Arrays.fill(pieceAt, NONE);
    for (int i = 0; i < pieces.length; i++) {
      insert(pieces[i], i);
    }
  }

  int count() {
    return pieces.length;
  }

  byte[] bytes(int piece) {
    return pieces[piece];
  }

  double log(int piece) {
    return logs[piece];
  }

  /** The likeliest cut of a word. */
  int[] best(byte[] word) {
    return best(word, NONE);
  }

  /** The likeliest cut of a word that makes no use of the piece {@code banned}. */
  int[] best(byte[] word, int banned) {
    double[] best = new double[word.length + 1];
    int[] last = new int[word.length + 1];
    Arrays.fill(best, 1, best.length, Double.NEGATIVE_INFINITY);
    for (int from = 0; from < word.length; from++) {
      int node = 0;
      for (int to = from; to < word.length; to++) {
        node = child(node, word[to]);
        if (node == NONE) {
          break;
        }
        int piece = pieceAt[node];
        if (piece != NONE && piece != banned && best[from] + logs[piece] > best[to + 1]) {
          best[to + 1] = best[from] + logs[piece];
          last[to + 1] = piece;
        }
      }
    }
    int[] cut = new int[word.length];
    int size = 0;
    for (int end = word.length; end > 0; end -= pieces[last[end]].length) {
      cut[word.length - ++size] = last[end];
    }
    return Arrays.copyOfRange(cut, word.length - size, word.length);
  }

  /** ln of the probability of a cut. */
  double log(int[] cut) {
    double sum = 0;
    for (int piece : cut) {
      sum += logs[piece];
    }
    return sum;
  }

  /**
   * Adds how often each piece is expected in a word over all its cuts, times {@code weight}, and
   * gives ln p(word): forward and backward sums.
   */
  double expect(byte[] word, double weight, double[] expected) {
    double[] forward = new double[word.length + 1];
    double[] backward = new double[word.length + 1];
    Arrays.fill(forward, 1, forward.length, Double.NEGATIVE_INFINITY);
    Arrays.fill(backward, 0, word.length, Double.NEGATIVE_INFINITY);
    arcs(word, (from, to, piece) -> forward[to] = logAdd(forward[to], forward[from] + logs[piece]));
    for (int from = word.length - 1; from >= 0; from--) {
      arcs(
          word,
          from,
          (at, to, piece) -> backward[at] = logAdd(backward[at], backward[to] + logs[piece]));
    }
    double whole = forward[word.length];
    arcs(
        word,
        (from, to, piece) ->
            expected[piece] +=
                weight * Math.exp(forward[from] + logs[piece] + backward[to] - whole));
    return whole;
  }

  private interface Arc {
    void visit(int from, int to, int piece);
  }

  private void arcs(byte[] word, Arc arc) {
    for (int from = 0; from < word.length; from++) {
      arcs(word, from, arc);
    }
  }

  private void arcs(byte[] word, int from, Arc arc) {
    int node = 0;
    for (int to = from; to < word.length; to++) {
      node = child(node, word[to]);
      if (node == NONE) {
        return;
      }
      if (pieceAt[node] != NONE) {
        arc.visit(from, to + 1, pieceAt[node]);
      }
    }
  }

  private static double logAdd(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }

  private void insert(byte[] piece, int index) {
    int node = 0;
    for (byte b : piece) {
      int slot = slot(key(node, b));
      if (keys[slot] == NONE) {
        keys[slot] = key(node, b);
        children[slot] = nodes++;
        if (2 * nodes > keys.length) {
          grow();
        }
        if (nodes > pieceAt.length) {
          int old = pieceAt.length;
          pieceAt = Arrays.copyOf(pieceAt, 2 * old);
          Arrays.fill(pieceAt, old, 2 * old, NONE);
        }
      }
      node = child(node, b);
    }
    pieceAt[node] = index;
  }

  private int child(int node, byte b) {
    int slot = slot(key(node, b));
    return keys[slot] == NONE ? NONE : children[slot];
  }

  private static long key(int node, byte b) {
    return ((long) node << Byte.SIZE) | (b & 0xFF);
  }

  /** Where a key is, or would be: open addressing. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldChildren = children;
    keys = new long[2 * oldKeys.length];
    children = new int[keys.length];
    Arrays.fill(keys, NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NONE) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        children[slot] = oldChildren[i];
      }
    }
  }
}
