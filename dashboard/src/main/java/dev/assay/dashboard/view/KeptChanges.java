package dev.assay.dashboard.view;

import dev.assay.statistics.ChangePoints;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Changes of series, as {@code assay history} finds them. Those found last are kept: a search
 * narrows which series are shown, but seldom what they hold. Safe for use by several threads.
 */
public final class KeptChanges {
  private static final int MOST = 10_000;

  private final Map<Key, List<ChangePoints.Change>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<ChangePoints.Change>> eldest) {
          return size() > MOST;
        }
      };

  private record Key(String id, List<Double> values) {}

  /**
   * Changes of one series.
   *
   * @param id decides the permutations that splits are tested by
   */
  List<ChangePoints.Change> of(String id, double[] values) {
    Key key = new Key(id, Arrays.stream(values).boxed().toList());
    synchronized (kept) {
      List<ChangePoints.Change> known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    List<ChangePoints.Change> found =
        List.copyOf(ChangePoints.of(values, ChangePoints.LEVEL, draws(id.hashCode())));
    synchronized (kept) {
      kept.put(key, found);
    }
    return found;
  }

  /** The same draws from the same seed. Steele, Lea and Flood 2014, SplitMix64. */
  private static IntUnaryOperator draws(long seed) {
    long[] state = {seed};
    return bound -> {
      state[0] += 0x9E3779B97F4A7C15L;
      long z = (state[0] ^ (state[0] >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return (int) Math.floorMod(z ^ (z >>> 31), (long) bound);
    };
  }
}
