package dev.assay.nn;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/**
 * Keys and values of the tokens that an attention layer has seen, for decoding one token at a time.
 * It is scratch space and belongs to no checkpoint.
 *
 * @param keys [batch, groups, length, depth]
 * @param values the same shape
 */
public record KvCache(Variable keys, Variable values) {
  /** Largest index that is exact as a float, in which indices are computed. */
  private static final int MAX_ROWS = 1 << 24;

  /**
   * @param groups key and value heads
   * @param length tokens it can hold
   * @param depth width of a head
   * @throws IllegalArgumentException if batch · groups · length exceeds 2²⁴
   */
  public static KvCache create(
      Backend backend, String name, int batch, int groups, int length, int depth) {
    if ((long) batch * groups * length > MAX_ROWS) {
      throw new IllegalArgumentException(
          "key-value cache '%s': batch %d · groups %d · length %d exceeds 2^24"
              .formatted(name, batch, groups, length));
    }
    Shape shape = Shape.of(batch, groups, length, depth);
    return new KvCache(
        backend.variable(name + ".keys", DType.F32, shape),
        backend.variable(name + ".values", DType.F32, shape));
  }

  /** A cache with one more token in each row: what to attend to now, and what to keep. */
  public record Updated(Tensor keys, Tensor values, Map<Variable, Tensor> assigns) {}

  /**
   * Puts one token's keys and values at a place of each row.
   *
   * @param key [batch, groups, 1, depth]
   * @param value the same shape
   * @param positions I32 [batch], 0 … length − 1
   */
  public Updated put(Tensor key, Tensor value, Tensor positions) {
    Shape shape = keys.shape();
    int rows = shape.dim(0) * shape.dim(1);
    int length = shape.dim(2);
    Tensor start = Tensor.iota(Shape.of(rows), 0).mul(length);
    Tensor offset =
        positions
            .toFloat()
            .reshape(shape.dim(0), 1)
            .broadcast(Shape.of(shape.dim(0), shape.dim(1)))
            .reshape(rows);
    Tensor index = start.add(offset).toInt();
    Tensor newKeys = put(keys, index, key);
    Tensor newValues = put(values, index, value);
    return new Updated(newKeys, newValues, Map.of(keys, newKeys, values, newValues));
  }

  /**
   * New contents by which row r holds what row sources[r] held.
   *
   * @param sources I32 [batch]
   */
  public Map<Variable, Tensor> rows(Tensor sources) {
    return Map.of(keys, keys.tensor().gather(sources), values, values.tensor().gather(sources));
  }

  private static Tensor put(Variable cache, Tensor index, Tensor token) {
    int depth = cache.shape().dim(3);
    return cache
        .tensor()
        .reshape(-1, depth)
        .putRows(index, token.reshape(-1, depth))
        .reshape(cache.shape());
  }
}
