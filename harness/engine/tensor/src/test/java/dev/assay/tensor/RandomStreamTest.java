package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final long ONES = -1L;

  /** Known answers of Random123 1.14, file kat_vectors, philox4x32-10. */
  @Test
  void theIndependentPhiloxOfThisTestGivesTheKnownAnswers() {
    assertThat(philox(new int[] {0, 0, 0, 0}, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(philox(new int[] {-1, -1, -1, -1}, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(
            philox(
                new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void blocksArePhiloxUnderTheKeyWithTheCounterInTheLowWords() {
    int[] block = new int[4];
    RandomStream.philox(0, 0, block);
    assertThat(block).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    RandomStream.philox(ONES, ONES, block);
    assertThat(block).containsExactly(0x4d18d7d2, 0x430ac65a, 0xbd2fa22a, 0x0afae10d);
    long key = 0x299f31d0a4093822L;
    for (long counter : new long[] {0, 1, 0xFFFFFFFFL, 0x100000000L, 0x123456789ABCDEFL}) {
      RandomStream.philox(key, counter, block);
      int[] words = {(int) counter, (int) (counter >>> 32), 0, 0};
      assertThat(block).containsExactly(philox(words, 0xa4093822, 0x299f31d0));
    }
  }

  /** SplitMix64's finalizer and FNV-1a, computed apart from this code. */
  @Test
  void keysOfDerivedStreamsNeverChange() {
    RandomStream root = RandomStream.root(42);
    assertThat(root.key()).isEqualTo(0x8d16667181487497L);
    assertThat(root.child("model").key()).isEqualTo(0xa89778c86a377485L);
    assertThat(root.child("model").child(7).key()).isEqualTo(0xac2d9809d3a035b5L);
    RandomStream stream = RandomStream.ofKey(0xac2d9809d3a035b5L).seek(20);
    assertThat(IntStream.range(0, 4).map(_ -> stream.nextInt()))
        .containsExactly(0x10819000, 0x50796662, 0x0e9a55c3, 0xdada2b94);
  }

  @Test
  void namesHashAsFnv1a() {
    assertThat(RandomStream.hash("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(RandomStream.hash("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(RandomStream.hash("foobar")).isEqualTo(0x85944171f73967e8L);
  }

  @Test
  void childrenDifferByNameNumberAndParentAndNotByWhatWasDrawn() {
    RandomStream root = RandomStream.root(1);
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      keys.add(root.child(i).key());
      keys.add(root.child("" + i).key());
      keys.add(RandomStream.root(i).child("x").key());
      keys.add(root.child("x").child(i).key());
    }
    assertThat(keys).hasSize(4000);
    long before = root.child("a").key();
    root.nextInt();
    assertThat(root.child("a").key()).isEqualTo(before);
  }

  @Test
  void seekingContinuesAtThatWord() {
    RandomStream stream = RandomStream.root(3);
    int[] words = IntStream.range(0, 23).map(_ -> stream.nextInt()).toArray();
    assertThat(stream.position()).isEqualTo(23);
    for (int at = 0; at < words.length; at++) {
      RandomStream again = RandomStream.ofKey(stream.key()).seek(at);
      assertThat(IntStream.range(at, 23).map(_ -> again.nextInt()).toArray())
          .containsExactly(Arrays.copyOfRange(words, at, 23));
    }
  }

  @Test
  void uniformsLieStrictlyBetweenZeroAndOne() {
    assertThat(RandomStream.uniform(0)).isEqualTo(0x1p-24f);
    assertThat(RandomStream.uniform(-1)).isEqualTo(1 - 0x1p-24f).isLessThan(1);
    assertThat(RandomStream.uniform(0x80000000)).isEqualTo(0.5f + 0x1p-24f);
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    RandomStream stream = RandomStream.root(5);
    int n = 200_000;
    double uniform = 0;
    double square = 0;
    double normal = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double u = stream.nextDouble();
      uniform += u / n;
      square += u * u / n;
      double z = stream.nextGaussian();
      normal += z * z / n;
      fourth += z * z * z * z / n;
    }
    // Five standard errors.
    assertThat(uniform).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
    assertThat(square).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / n)));
    assertThat(normal).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(fourth).isCloseTo(3, within(5 * Math.sqrt(96.0 / n)));
  }

  @Test
  void boundedIntegersAreEquallyFrequent() {
    RandomStream stream = RandomStream.root(6);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[stream.nextInt(7)]++;
    }
    // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand.
    double chi = Arrays.stream(counts).mapToDouble(c -> (c - 1e4) * (c - 1e4) / 1e4).sum();
    assertThat(chi).isLessThan(22.5);
    assertThat(stream.nextInt(1)).isZero();
    assertThat(stream.nextInt(Integer.MAX_VALUE)).isNotNegative();
    assertThatThrownBy(() -> stream.nextInt(0)).hasMessageContaining("0");
  }

  @Test
  void allOrdersOfFourAreEquallyFrequent() {
    RandomStream stream = RandomStream.root(8);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      counts.merge(Arrays.toString(stream.permutation(4)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    // χ² with 23 degrees of freedom exceeds 49.7 once in a thousand.
    double chi = counts.values().stream().mapToDouble(c -> (c - 1e3) * (c - 1e3) / 1e3).sum();
    assertThat(chi).isLessThan(49.7);
  }

  /** Salmon et al. 2011, section 3.3, over all four counter words, in unsigned longs. */
  private static int[] philox(int[] counter, int low, int high) {
    long[] c = Arrays.stream(counter).mapToLong(Integer::toUnsignedLong).toArray();
    long k0 = Integer.toUnsignedLong(low);
    long k1 = Integer.toUnsignedLong(high);
    for (int round = 0; round < 10; round++) {
      long p = 0xD2511F53L * c[0];
      long q = 0xCD9E8D57L * c[2];
      c =
          new long[] {
            (q >>> 32) ^ c[1] ^ k0, q & 0xFFFFFFFFL, (p >>> 32) ^ c[3] ^ k1, p & 0xFFFFFFFFL
          };
      k0 = (k0 + 0x9E3779B9L) & 0xFFFFFFFFL;
      k1 = (k1 + 0xBB67AE85L) & 0xFFFFFFFFL;
    }
    return Arrays.stream(c).mapToInt(word -> (int) word).toArray();
  }
}
