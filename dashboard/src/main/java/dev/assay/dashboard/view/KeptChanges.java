package dev.assay.dashboard.view;

import dev.assay.statistics.ChangePoints;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

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
    SplittableRandom random = new SplittableRandom(id.hashCode());
    List<ChangePoints.Change> found =
        List.copyOf(ChangePoints.of(values, ChangePoints.LEVEL, random::nextInt));
    synchronized (kept) {
      kept.put(key, found);
    }
    return found;
  }
}
