package dev.assay.plugins.transformer.t5;

import dev.assay.nn.Embedding;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.transformer.translation.Places;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;

/**
 * A number for each head and bucket of distances, added to the product of a query and a key; all
 * layers of one side share them. Raffel et al. 2020, §2.1.
 *
 * @param table [32, heads]
 * @param ahead whether keys may stand behind their query; else all buckets are of keys before it
 */
record RelativeBias(Embedding table, boolean ahead) implements Places {
  private static final int BUCKETS = 32;
  private static final int FARTHEST = 128;
  private static final double ROUNDING = 1e-9;

  static RelativeBias create(ParameterStore store, int heads, boolean ahead) {
    return new RelativeBias(Embedding.create(store, BUCKETS, heads, Initializer.zeros()), ahead);
  }

  /**
   * The bucket of a distance, which is the key's place minus the query's. Half of the buckets on a
   * side are of one distance each; the others grow logarithmically up to a distance of 128, and the
   * last holds all beyond.
   */
  static int bucket(int distance, boolean ahead) {
    int side = ahead ? BUCKETS / 2 : BUCKETS;
    int first = ahead && distance > 0 ? side : 0;
    int away = ahead ? Math.abs(distance) : Math.max(0, -distance);
    int exact = side / 2;
    if (away < exact) {
      return first + away;
    }
    double share = Math.log((double) away / exact) / Math.log((double) FARTHEST / exact);
    return first + Math.min(side - 1, exact + (int) (share * (side - exact) + ROUNDING));
  }

  @Override
  public Tensor embedded(Tensor x) {
    return x;
  }

  @Override
  public Tensor embedded(Tensor x, Tensor at, int context) {
    return x;
  }

  @Override
  public Tensor bias(int time) {
    Shape square = Shape.of(time, time);
    return ofDistances(Tensor.iota(square, 1).sub(Tensor.iota(square, 0)), time).permute(2, 0, 1);
  }

  @Override
  public Tensor bias(Tensor at, int context) {
    int rows = at.dim(0);
    Tensor distances = Tensor.iota(Shape.of(rows, context), 1).sub(at.toFloat().reshape(rows, 1));
    return ofDistances(distances, context).permute(0, 2, 1).reshape(rows, -1, 1, context);
  }

  /** Distances [a, b] of less than {@code reach} → [a, b, heads]. */
  private Tensor ofDistances(Tensor distances, int reach) {
    int[] buckets = new int[2 * reach - 1];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = bucket(i - (reach - 1), ahead);
    }
    Tensor each = table.apply(Tensor.constant(buckets, Shape.of(buckets.length)));
    return each.gather(distances.add(reach - 1).toInt());
  }
}
