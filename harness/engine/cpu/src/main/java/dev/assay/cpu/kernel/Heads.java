package dev.assay.cpu.kernel;

/**
 * Where the elements of [batch, heads, time, width] lie: distances in floats along the first three
 * axes; the last is dense. Permuted and sliced operands need no copy.
 */
public record Heads(long batch, long head, int time) {
  /** Row-major without gaps. */
  public static Heads packed(int heads, int time, int width) {
    return new Heads((long) heads * time * width, (long) time * width, width);
  }

  /** Address of row {@code t} of a head. */
  long at(long address, int b, int h, int t) {
    return address + 4 * (b * batch + h * head + (long) t * time);
  }
}
