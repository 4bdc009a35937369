package dev.assay.plugins.statistical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyTaskRunsOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int count : new int[] {0, 1, 3, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        workers.forEach(count, runs::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aFailureReachesTheCallerAndTheThreadsStayUsable(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(() ->
              workers.forEach(
                  100,
                  i -> {
                    throw new ArithmeticException("task failed");
                  }))
          .isInstanceOfAny(ArithmeticException.class, IllegalStateException.class);
      AtomicIntegerArray runs = new AtomicIntegerArray(10);
      workers.forEach(10, runs::incrementAndGet);
      assertThat(runs.get(9)).isEqualTo(1);
    }
  }

  @Test
  void closingTwiceEndsTheThreads() throws InterruptedException {
    Workers workers = new Workers(2);
    workers.forEach(4, i -> {});
    workers.close();
    workers.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("statistical-")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
