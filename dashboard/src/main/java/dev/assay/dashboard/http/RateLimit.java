package dev.assay.dashboard.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Token buckets, one for each key: so many requests per second on average, and a short burst. */
public final class RateLimit {
  /** Keys remembered; of more, those that were not seen for longest are forgotten. */
  private static final int KEYS = 10_000;

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier clock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KEYS;
        }
      };

  private static final class Bucket {
    private double left;
    private long at;
  }

  /**
   * @param burst how many may come at once after a pause
   * @param clock nanoseconds
   */
  public RateLimit(double perSecond, double burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
  }

  /** Takes one; returns 0, or else the seconds after which the next may come. */
  public synchronized int take(String key) {
    long now = clock.getAsLong();
    Bucket bucket =
        buckets.computeIfAbsent(
            key,
            k -> {
              Bucket fresh = new Bucket();
              fresh.left = burst;
              fresh.at = now;
              return fresh;
            });
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.left < 1) {
      return (int) Math.ceil((1 - bucket.left) / perSecond);
    }
    bucket.left -= 1;
    return 0;
  }
}
