package dev.assay.plugins.statistical.chowliu;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * p(x) = Π p(xᵢ | parent of xᵢ).
 *
 * @param order pixels, every parent before its children; the first is the root
 * @param parents by pixel; −1 for the root
 * @param tables p(xᵢ = b | parent = a) by pixel, at place a L + b; of the root, the same for every
 *     a
 */
record Tree(int levels, int[] order, int[] parents, double[][] tables) {
  private static final int ROOT = -1;

  /** Independent uniform pixels: a star without information. */
  static Tree uniform(int pixels, int levels) {
    int[] parents = new int[pixels];
    parents[0] = ROOT;
    double[][] tables = new double[pixels][levels * levels];
    for (double[] table : tables) {
      Arrays.fill(table, 1.0 / levels);
    }
    return new Tree(levels, IntStream.range(0, pixels).toArray(), parents, tables);
  }

  /**
   * The tree of largest total information, by Prim's algorithm from pixel 0; of equal edges the one
   * to the lowest pixel. Chow and Liu 1968, §III.
   *
   * @param information of pixels i and j &lt; i, at [i][j]
   */
  static Tree spanning(PairCounts counts, double[][] information) {
    int pixels = information.length;
    int[] parents = new int[pixels];
    int[] order = new int[pixels];
    boolean[] inside = new boolean[pixels];
    double[] best = new double[pixels];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    parents[0] = ROOT;
    for (int step = 0; step < pixels; step++) {
      int next = -1;
      for (int i = 0; i < pixels; i++) {
        if (!inside[i] && (next < 0 || best[i] > best[next])) {
          next = i;
        }
      }
      inside[next] = true;
      order[step] = next;
      for (int i = 0; i < pixels; i++) {
        double shared = i == next ? 0 : information[Math.max(i, next)][Math.min(i, next)];
        if (!inside[i] && shared > best[i]) {
          best[i] = shared;
          parents[i] = next;
        }
      }
    }
    return of(counts, order, parents);
  }

  private static Tree of(PairCounts counts, int[] order, int[] parents) {
    int levels = counts.levels();
    double[][] tables = new double[order.length][levels * levels];
    for (int i = 0; i < order.length; i++) {
      double[] own = counts.marginal(i);
      double[] joint = parents[i] == ROOT ? new double[0] : counts.joint(parents[i], i);
      double[] given = parents[i] == ROOT ? new double[0] : counts.marginal(parents[i]);
      for (int cell = 0; cell < tables[i].length; cell++) {
        tables[i][cell] =
            parents[i] == ROOT ? own[cell % levels] : joint[cell] / given[cell / levels];
      }
    }
    return new Tree(levels, order, parents, tables);
  }

  int pixels() {
    return order.length;
  }

  /** −ln p of image number {@code image} of data [n, pixels], in nats. */
  double nats(float[] data, int image) {
    int row = image * pixels();
    double nats = 0;
    for (int i : order) {
      int above = parents[i] == ROOT ? 0 : PairCounts.level(data[row + parents[i]], levels);
      nats -= Math.log(tables[i][above * levels + PairCounts.level(data[row + i], levels)]);
    }
    return nats;
  }

  /**
   * Draws what is not known from p(unknown | known), exactly: messages go up the tree, levels down.
   *
   * @param x image {@code [pixels]} at {@code row}; unknown pixels are overwritten
   * @param known whether a pixel is, from {@code row} as well
   */
  void complete(float[] x, boolean[] known, int row, RandomStream random) {
    double[][] evidence = evidence(x, known, row);
    double[] weights = new double[levels];
    for (int i : order) {
      double uniform = random.nextDouble();
      if (!known[row + i]) {
        int above = parents[i] == ROOT ? 0 : (int) x[row + parents[i]];
        for (int b = 0; b < levels; b++) {
          weights[b] = tables[i][above * levels + b] * evidence[i][b];
        }
        x[row + i] = Categorical.draw(weights, uniform);
      }
    }
  }

  /** By pixel and level: p(what is known at and below the pixel | its level), up to a factor. */
  private double[][] evidence(float[] x, boolean[] known, int row) {
    double[][] evidence = new double[pixels()][levels];
    for (int i = 0; i < pixels(); i++) {
      if (known[row + i]) {
        evidence[i][PairCounts.level(x[row + i], levels)] = 1;
      } else {
        Arrays.fill(evidence[i], 1);
      }
    }
    for (int step = pixels() - 1; step > 0; step--) {
      int i = order[step];
      double[] message = new double[levels];
      for (int cell = 0; cell < tables[i].length; cell++) {
        message[cell / levels] += tables[i][cell] * evidence[i][cell % levels];
      }
      double largest = Arrays.stream(message).max().orElseThrow();
      for (int a = 0; a < levels; a++) {
        evidence[parents[i]][a] *= message[a] / largest;
      }
    }
    return evidence;
  }
}
