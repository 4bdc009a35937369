package dev.assay.cpu.kernel;

import dev.assay.cpu.memory.Memory;

/**
 * Extents of an attention: q [batch, heads, queries, width], k and v [batch, groups, keys, width].
 *
 * @param groups heads of k and v; {@code heads} is a multiple, and consecutive heads share one
 * @param scale factor of the scores
 * @param causal whether query i sees only keys j ≤ i + length − queries
 * @param lengths whether an operand says how many keys each batch row has
 */
public record AttentionShape(
    int batch,
    int heads,
    int groups,
    int queries,
    int keys,
    int width,
    float scale,
    boolean causal,
    boolean lengths) {

  /** Checks the grouping. */
  public AttentionShape {
    if (groups < 1 || heads % groups != 0) {
      throw new IllegalArgumentException("heads=" + heads + " is no multiple of groups=" + groups);
    }
  }

  /** How q, or what has its shape, lies when packed. */
  public Heads packedQueries() {
    return Heads.packed(heads, queries, width);
  }

  /** How k and v lie when packed. */
  public Heads packedKeys() {
    return Heads.packed(groups, keys, width);
  }

  /** Keys of a batch row; {@code address} of the lengths, if there are any. */
  int length(long address, int b) {
    return lengths ? Math.clamp(Memory.getInt(address + 4L * b), 0, keys) : keys;
  }

  /** The first key that query i does not see, not limited to the keys there are. */
  int end(int i, int length) {
    return causal ? i + length - queries + 1 : length;
  }

  /** How many keys query i sees. */
  int seen(int i, int length) {
    return Math.clamp(end(i, length), 0, length);
  }
}
