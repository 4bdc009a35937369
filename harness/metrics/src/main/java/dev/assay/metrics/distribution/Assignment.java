package dev.assay.metrics.distribution;

import java.util.Arrays;

/** The cheapest one-to-one assignment, by shortest augmenting paths (Jonker and Volgenant 1987). */
final class Assignment {
  private static final int NONE = -1;

  private final double[][] cost;
  private final double[] rowPrice;
  private final double[] columnPrice;
  private final int[] rowOf;

  private Assignment(double[][] cost) {
    this.cost = cost;
    rowPrice = new double[cost.length];
    columnPrice = new double[cost.length];
    rowOf = new int[cost.length];
    Arrays.fill(rowOf, NONE);
  }

  /** The column of each row of a square matrix of finite costs. */
  static int[] cheapest(double[][] cost) {
    Assignment assignment = new Assignment(cost);
    for (int row = 0; row < cost.length; row++) {
      assignment.add(row);
    }
    int[] columnOf = new int[cost.length];
    for (int column = 0; column < cost.length; column++) {
      columnOf[assignment.rowOf[column]] = column;
    }
    return columnOf;
  }

  /** Gives a row a column; others may move along the shortest path to a free column. */
  private void add(int start) {
    int n = cost.length;
    double[] distance = new double[n];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int[] from = new int[n];
    Arrays.fill(from, NONE);
    boolean[] done = new boolean[n];
    double reached = 0;
    int row = start;
    int column = NONE;
    while (row != NONE) {
      int nearest = NONE;
      for (int j = 0; j < n; j++) {
        if (!done[j]) {
          double through = reached + cost[row][j] - rowPrice[row] - columnPrice[j];
          if (through < distance[j]) {
            distance[j] = through;
            from[j] = column;
          }
          nearest = nearest == NONE || distance[j] < distance[nearest] ? j : nearest;
        }
      }
      column = nearest;
      done[column] = true;
      reached = distance[column];
      row = rowOf[column];
    }
    price(start, done, distance, reached);
    augment(start, column, from);
  }

  /** Keeps reduced costs non-negative, and zero along assignments. */
  private void price(int start, boolean[] done, double[] distance, double reached) {
    rowPrice[start] += reached;
    for (int j = 0; j < cost.length; j++) {
      if (done[j] && rowOf[j] != NONE) {
        rowPrice[rowOf[j]] += reached - distance[j];
      }
      if (done[j]) {
        columnPrice[j] += distance[j] - reached;
      }
    }
  }

  private void augment(int start, int free, int[] from) {
    int column = free;
    while (from[column] != NONE) {
      rowOf[column] = rowOf[from[column]];
      column = from[column];
    }
    rowOf[column] = start;
  }
}
