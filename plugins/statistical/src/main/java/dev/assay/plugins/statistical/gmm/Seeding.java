package dev.assay.plugins.statistical.gmm;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;

/**
 * Starts of a mixture: k-means++ with greedy choice among several candidates (Arthur and
 * Vassilvitskii 2007, §2.2 and §6), then Lloyd's iterations, on at most {@value #MOST} points.
 */
final class Seeding {
  private static final int MOST = 8192;
  private static final int SWEEPS = 20;

  private final float[] data;
  private final int columns;
  private final int points;

  /**
   * @param data points [n, columns]
   * @param random chooses the points, if there are too many
   */
  Seeding(float[] data, int columns, RandomStream random) {
    this.columns = columns;
    int all = data.length / columns;
    points = Math.min(all, MOST);
    if (points == all) {
      this.data = data;
    } else {
      this.data = new float[points * columns];
      int[] order = random.permutation(all);
      for (int i = 0; i < points; i++) {
        System.arraycopy(data, order[i] * columns, this.data, i * columns, columns);
      }
    }
  }

  /**
   * Clusters of points.
   *
   * @param means [clusters][columns]
   * @param shares of the points, each above 0
   * @param scatter within-cluster covariance of all clusters together [columns, columns]
   * @param cost mean squared distance to the nearest mean
   */
  record Clusters(double[][] means, double[] shares, double[] scatter, double cost) {}

  /** The best of several starts. */
  Clusters best(int clusters, int starts, RandomStream random) {
    double[][] best = means(clusters, random.child(0));
    double cost = assign(best, new int[points]);
    for (int i = 1; i < starts; i++) {
      double[][] other = means(clusters, random.child(i));
      double otherCost = assign(other, new int[points]);
      if (otherCost < cost) {
        best = other;
        cost = otherCost;
      }
    }
    return describe(best);
  }

  private double[][] means(int clusters, RandomStream random) {
    double[][] means = plusPlus(clusters, random);
    int[] owner = new int[points];
    double cost = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double now = assign(means, owner);
      if (now >= cost) {
        break;
      }
      cost = now;
      move(means, owner);
    }
    return means;
  }

  /** Each new mean is the best of 2 + ln k points, drawn by squared distance from the old ones. */
  private double[][] plusPlus(int clusters, RandomStream random) {
    double[][] means = new double[clusters][];
    int candidates = 2 + (int) Math.log(clusters);
    means[0] = point(random.nextInt(points));
    double[] nearest = new double[points];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    nearest = closer(nearest, means[0]);
    for (int k = 1; k < clusters; k++) {
      double[] best = nearest;
      double smallest = Double.POSITIVE_INFINITY;
      means[k] = point(random.nextInt(points));
      for (int c = 0; c < candidates; c++) {
        double[] candidate = point(Categorical.draw(nearest, random.nextDouble()));
        double[] distances = closer(nearest, candidate);
        double sum = Arrays.stream(distances).sum();
        if (sum < smallest) {
          smallest = sum;
          best = distances;
          means[k] = candidate;
        }
      }
      nearest = best;
    }
    return means;
  }

  private double[] point(int i) {
    double[] point = new double[columns];
    Arrays.setAll(point, c -> data[i * columns + c]);
    return point;
  }

  /** Squared distance of each point to the mean, where it is smaller than {@code nearest}. */
  private double[] closer(double[] nearest, double[] mean) {
    double[] closer = new double[points];
    for (int i = 0; i < points; i++) {
      closer[i] = Math.min(nearest[i], squaredDistance(i, mean));
    }
    return closer;
  }

  private double squaredDistance(int point, double[] mean) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double difference = data[point * columns + c] - mean[c];
      sum += difference * difference;
    }
    return sum;
  }

  /** Sets each point's nearest mean; returns the mean squared distance to it. */
  private double assign(double[][] means, int[] owner) {
    double sum = 0;
    for (int i = 0; i < points; i++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < means.length; k++) {
        double distance = squaredDistance(i, means[k]);
        if (distance < smallest) {
          smallest = distance;
          owner[i] = k;
        }
      }
      sum += smallest;
    }
    return sum / points;
  }

  /** Moves each mean to its points; one without points stays. */
  private void move(double[][] means, int[] owner) {
    double[][] sums = new double[means.length][columns];
    int[] counts = new int[means.length];
    for (int i = 0; i < points; i++) {
      counts[owner[i]]++;
      for (int c = 0; c < columns; c++) {
        sums[owner[i]][c] += data[i * columns + c];
      }
    }
    for (int k = 0; k < means.length; k++) {
      for (int c = 0; c < columns && counts[k] > 0; c++) {
        means[k][c] = sums[k][c] / counts[k];
      }
    }
  }

  private Clusters describe(double[][] means) {
    int[] owner = new int[points];
    double cost = assign(means, owner);
    double[] shares = new double[means.length];
    Arrays.fill(shares, 1.0 / (points + means.length));
    double[] scatter = new double[columns * columns];
    double[] centred = new double[columns];
    for (int i = 0; i < points; i++) {
      shares[owner[i]] += 1.0 / (points + means.length);
      for (int c = 0; c < columns; c++) {
        centred[c] = data[i * columns + c] - means[owner[i]][c];
      }
      for (int c = 0; c < columns; c++) {
        for (int e = 0; e < columns; e++) {
          scatter[c * columns + e] += centred[c] * centred[e] / points;
        }
      }
    }
    return new Clusters(means, shares, scatter, cost);
  }
}
