package dev.assay.tensor.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.tensor.Backend;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What a backend that compiles graphs for several threads promises beyond right numbers. Subclass
 * it in the backend's tests.
 */
public abstract class CompiledSuite {
  private static final int[] THREADS = {2, 3, 4};
  private static final int REPLAYS = 3;
  private static final int GRAPHS = 100;

  /** How long the compiler of a busy machine may take until a replay is warm. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** A new backend with this many threads; the suite closes it. */
  protected abstract Backend open(int threads);

  @Test
  public void theNumberOfThreadsChangesNoBit() {
    Map<String, Consumer<Case>> cases = new LinkedHashMap<>();
    cases.putAll(Workloads.steps());
    cases.putAll(Workloads.large());
    for (long seed = 0; seed < GRAPHS; seed++) {
      long graph = seed;
      cases.put("random graph " + seed, made -> GraphFuzzer.build(made, graph));
    }
    for (int threads : THREADS) {
      try (Backend alone = open(1);
          Backend several = open(threads)) {
        cases.forEach((name, build) -> assertSameBits(name, threads, alone, several, build));
      }
    }
  }

  private static void assertSameBits(
      String name, int threads, Backend alone, Backend several, Consumer<Case> build) {
    try (Side expected = side(alone, build);
        Side actual = side(several, build)) {
      for (int replay = 0; replay < REPLAYS; replay++) {
        Map<String, double[]> bits = actual.replay(replay);
        for (Map.Entry<String, double[]> result : expected.replay(replay).entrySet()) {
          assertThat(bits.get(result.getKey()))
              .as("%s, %d threads, replay %d, %s", name, threads, replay, result.getKey())
              .isEqualTo(result.getValue());
        }
      }
    }
  }

  @Test
  public void replayingFromTheSameStateChangesNoBit() {
    try (Backend backend = open(2)) {
      Workloads.steps().forEach((name, build) -> assertSameBits(name, 2, backend, backend, build));
    }
  }

  @Test
  public void aReplayAllocatesNoHeap() {
    try (Backend backend = open(2)) {
      Workloads.steps()
          .forEach((name, build) -> {
            try (Side side = side(backend, build)) {
              side.replay(0);
              assertThat(leastAllocation(side)).as("bytes in 100 replays of %s", name).isZero();
            }
          });
    }
  }

  /** Bytes that all threads allocate in 100 runs: the least of several attempts, once warm. */
  private static long leastAllocation(Side side) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long begin = System.nanoTime();
    for (int attempt = 0;
        least > 0 && (attempt < 200 || System.nanoTime() - begin < PATIENCE_NANOS);
        attempt++) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        side.run();
      }
      least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static Side side(Backend backend, Consumer<Case> build) {
    return new Side(backend, Case.build(backend, 1, build), UnaryOperator.identity());
  }
}
