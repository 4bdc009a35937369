package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds objects that stay reachable, and threads that stay alive, from its creation on. */
final class LeakCheck {
  private static final int ATTEMPTS = 50;
  private static final long PATIENCE_MILLIS = 40;

  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Set<WeakReference<Object>> watched = new HashSet<>();

  /** From now on nobody else should hold this object. */
  void watch(Object object) {
    watched.add(new WeakReference<>(object, gone));
  }

  /** Gives the collector, and threads that are about to end, a moment. */
  void check() throws InterruptedException {
    for (int i = 0; i < ATTEMPTS && !watched.isEmpty(); i++) {
      System.gc();
      watched.remove(gone.remove(PATIENCE_MILLIS));
      for (var other = gone.poll(); other != null; other = gone.poll()) {
        watched.remove(other);
      }
    }
    for (Thread thread : extraThreads()) {
      thread.join(Duration.ofMillis(PATIENCE_MILLIS));
    }
    assertThat(extraThreads()).as("threads still alive").isEmpty();
    assertThat(watched).as("closed models still reachable").isEmpty();
  }

  /** Live threads that were not there before, but for those the JDK keeps for itself. */
  private List<Thread> extraThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> !thread.getThreadGroup().getName().matches("system|InnocuousThread.*"))
        .toList();
  }
}
