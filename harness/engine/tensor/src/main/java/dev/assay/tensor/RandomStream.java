package dev.assay.tensor;

import java.nio.charset.StandardCharsets;

/**
 * A counter-based stream of random numbers: Philox 4x32-10 (Salmon et al. 2011) under a 64-bit key.
 * Children are derived by name, so that adding a consumer shifts nobody. The key and the number of
 * words drawn are the whole state.
 */
public final class RandomStream {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  private final long key;
  private final int[] block = new int[4];
  private long position;

  private RandomStream(long key) {
    this.key = key;
  }

  /** The root stream of a seed. */
  public static RandomStream root(long seed) {
    return new RandomStream(derive(seed, 0x5EEDL));
  }

  /** A stream with exactly this key, as {@link #key} gave it. */
  public static RandomStream ofKey(long key) {
    return new RandomStream(key);
  }

  /** An independent stream named {@code name}; does not depend on what was drawn here. */
  public RandomStream child(String name) {
    return new RandomStream(derive(key, hash(name)));
  }

  /** An independent stream numbered {@code index}: a step, a batch, a sample. */
  public RandomStream child(long index) {
    return new RandomStream(derive(key ^ 0xA5A5A5A55A5A5A5AL, index));
  }

  public long key() {
    return key;
  }

  /** Words drawn so far. */
  public long position() {
    return position;
  }

  /** Continues as if {@code words} words had been drawn. */
  public RandomStream seek(long words) {
    position = words;
    if ((position & 3) != 0) {
      philox(key, position >>> 2, block);
    }
    return this;
  }

  /** 32 random bits. */
  public int nextInt() {
    int lane = (int) (position & 3);
    if (lane == 0) {
      philox(key, position >>> 2, block);
    }
    position++;
    return block[lane];
  }

  /** 64 random bits. */
  public long nextLong() {
    return ((long) nextInt() << 32) ^ (nextInt() & 0xFFFFFFFFL);
  }

  /** Uniform on 0 … bound−1, without bias (Lemire 2019). */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    long product = (nextInt() & 0xFFFFFFFFL) * bound;
    if ((product & 0xFFFFFFFFL) < bound) {
      long threshold = (0x100000000L - bound) % bound;
      while ((product & 0xFFFFFFFFL) < threshold) {
        product = (nextInt() & 0xFFFFFFFFL) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform on the open interval (0, 1), on a grid of 2⁻²³. */
  public float nextFloat() {
    return uniform(nextInt());
  }

  /** Uniform on the open interval (0, 1), 52 bits. */
  public double nextDouble() {
    return ((nextLong() >>> 12) + 0.5) * 0x1p-52;
  }

  /** Standard normal (Box–Muller, one of the pair). */
  public double nextGaussian() {
    return Math.sqrt(-2 * Math.log(nextDouble())) * Math.cos(2 * Math.PI * nextDouble());
  }

  /** A uniformly random order of 0 … n−1 (Fisher–Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The key of child {@code path} of {@code key}; a bijection of {@code key} for each path. */
  public static long derive(long key, long path) {
    return mix(mix(key + 0x9E3779B97F4A7C15L) ^ mix(path + 0xD1B54A32D192ED03L));
  }

  /** 64-bit FNV-1a of the name's UTF-8 bytes. */
  public static long hash(String name) {
    long h = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return h;
  }

  /** The uniform of a random word, as {@link Op.Distribution#UNIFORM} defines it. */
  public static float uniform(int word) {
    return (word >>> 9) * 0x1p-23f + 0x1p-24f;
  }

  /** Philox 4x32-10: block {@code counter} of the stream {@code key} into {@code out[0..3]}. */
  public static void philox(long key, long counter, int[] out) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = 0;
    int c3 = 0;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /** SplitMix64's finalizer (Steele et al. 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
