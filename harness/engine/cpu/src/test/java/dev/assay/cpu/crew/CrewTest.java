package dev.assay.cpu.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.assay.cpu.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CrewTest {
  /** What a tile does. */
  private interface Tile {
    void run(int phase, int tile, int thread);
  }

  private record Tiles(int[] sizes, Tile work) implements Job {
    static Tiles of(int phases, int tiles, Tile work) {
      int[] sizes = new int[phases];
      java.util.Arrays.fill(sizes, tiles);
      return new Tiles(sizes, work);
    }

    @Override
    public int phases() {
      return sizes.length;
    }

    @Override
    public int tiles(int phase) {
      return sizes[phase];
    }

    @Override
    public void run(int phase, int tile, int thread) {
      work.run(phase, tile, thread);
    }
  }

  /** A job whose every thread does one tile: each waits for the others in it. */
  private static Tiles together(int threads, Tile work) {
    CountDownLatch all = new CountDownLatch(threads);
    return Tiles.of(
        1,
        threads,
        (phase, tile, thread) -> {
          all.countDown();
          try {
            all.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          work.run(phase, tile, thread);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void threadsThatWaitForEachOtherAllTakePartAndTheCallerIsThreadZero(int threads) {
    try (Crew crew = new Crew(threads)) {
      for (int run = 0; run < 20; run++) {
        Thread[] seen = new Thread[threads];
        crew.run(together(threads, (phase, tile, thread) -> seen[thread] = Thread.currentThread()));
        assertThat(seen).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(seen[0]).isSameAs(Thread.currentThread());
        for (int i = 1; i < threads; i++) {
          assertThat(seen[i].getName()).isEqualTo("assay-cpu-" + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void whatAPhaseWroteIsReadByTheNext(int threads) {
    int tiles = 7;
    int[] cells = new int[tiles * 16];
    AtomicInteger wrong = new AtomicInteger();
    try (Crew crew = new Crew(threads)) {
      crew.run(
          Tiles.of(
              4000,
              tiles,
              (phase, tile, thread) -> {
                if (phase % 2 == 0) {
                  cells[tile * 16] = phase;
                } else {
                  for (int other = 0; other < tiles; other++) {
                    wrong.addAndGet(cells[other * 16] == phase - 1 ? 0 : 1);
                  }
                }
              }));
    }
    assertThat(wrong).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void eachTileOfEachPhaseIsDoneExactlyOnceAndInOrder(int threads) {
    int[] sizes = {0, 1, 7, 0, 0, 64, 3, 1000, 2, 0};
    AtomicIntegerArray taken = new AtomicIntegerArray(1000 * sizes.length);
    AtomicInteger latest = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    Job job =
        new Tiles(
            sizes,
            (phase, tile, thread) -> {
              taken.incrementAndGet(1000 * phase + tile);
              wrong.addAndGet(latest.getAndSet(phase) > phase ? 1 : 0);
            });
    try (Crew crew = new Crew(threads)) {
      for (int run = 1; run <= 200; run++) {
        latest.set(0);
        crew.run(job);
        for (int i = 0; i < taken.length(); i++) {
          assertThat(taken.get(i)).isEqualTo(i % 1000 < sizes[i / 1000] ? run : 0);
        }
      }
    }
    assertThat(wrong).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void phasesOfFewTilesAreNeverLost(int threads) {
    int[] counts = new int[4 * 16];
    Job job = Tiles.of(200, 1, (phase, tile, thread) -> counts[0]++);
    Job pairs = Tiles.of(100, 2, (phase, tile, thread) -> counts[16 + 16 * tile]++);
    try (Crew crew = new Crew(threads)) {
      for (int run = 0; run < 1000; run++) {
        crew.run(job);
        crew.run(pairs);
      }
    }
    assertThat(new int[] {counts[0], counts[16], counts[32]})
        .containsExactly(200_000, 100_000, 100_000);
  }

  @Test
  void aThreadThatIsDoneTakesTheTilesOfOneThatIsBusy() {
    AtomicInteger byOther = new AtomicInteger();
    try (Crew crew = new Crew(2)) {
      crew.run(
          Tiles.of(
              1,
              10,
              (phase, tile, thread) -> {
                if (thread == 1) {
                  byOther.incrementAndGet();
                }
                while (thread == 0 && byOther.get() < 9) {
                  Thread.onSpinWait();
                }
              }));
    }
    assertThat(byOther).hasValueBetween(9, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aThrowingTileEndsTheRunAndTheCrewGoesOn(int threads) {
    try (Crew crew = new Crew(threads)) {
      for (int repeat = 0; repeat < 300; repeat++) {
        int guilty = repeat % 5;
        AtomicInteger later = new AtomicInteger();
        assertThatThrownBy(() ->
                crew.run(
                    Tiles.of(
                        3,
                        5,
                        (phase, tile, thread) -> {
                          if (phase == 1 && tile == guilty) {
                            throw new ArithmeticException("from " + tile);
                          }
                          later.addAndGet(phase == 2 ? 1 : 0);
                        })))
            .isInstanceOf(ArithmeticException.class)
            .hasMessage("from " + guilty);
        assertThat(later).hasValue(0);
        AtomicInteger after = new AtomicInteger();
        crew.run(Tiles.of(2, 4, (phase, tile, thread) -> after.incrementAndGet()));
        assertThat(after).hasValue(8);
      }
    }
  }

  @Test
  void ofSeveralFailuresOneIsThrown() {
    try (Crew crew = new Crew(3)) {
      assertThatThrownBy(() ->
              crew.run(
                  together(
                      3,
                      (phase, tile, thread) -> {
                        throw new AssertionError("all fail");
                      })))
          .isInstanceOf(AssertionError.class)
          .hasMessage("all fail");
    }
  }

  @Test
  void workersThatHaveParkedTakePartInTheNextRun() {
    AtomicInteger calls = new AtomicInteger();
    try (Crew crew = new Crew(4)) {
      for (int run = 0; run < 10; run++) {
        LockSupport.parkNanos(3_000_000);
        crew.run(
            together(
                4,
                (phase, tile, thread) -> {
                  if (thread == 2) {
                    LockSupport.parkNanos(3_000_000);
                  }
                  calls.incrementAndGet();
                }));
      }
    }
    assertThat(calls).hasValue(40);
  }

  @Test
  void callersOfSeveralThreadsTakeTurns() throws InterruptedException {
    int[] sum = new int[1];
    try (Crew crew = new Crew(2)) {
      Job job = Tiles.of(3, 1, (phase, tile, thread) -> sum[0]++);
      Runnable task =
          () -> {
            for (int i = 0; i < 200; i++) {
              crew.run(job);
            }
          };
      Thread one = Thread.ofPlatform().start(task);
      Thread two = Thread.ofVirtual().start(task);
      one.join();
      two.join();
    }
    assertThat(sum[0]).isEqualTo(1200);
  }

  @Test
  void anInterruptOfTheCallerIsKeptForIt() {
    try (Crew crew = new Crew(2)) {
      Thread.currentThread().interrupt();
      crew.run(
          Tiles.of(
              1,
              8,
              (phase, tile, thread) -> {
                if (thread == 1) {
                  LockSupport.parkNanos(5_000_000);
                }
              }));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void tinyNumbersAreZeroInsideARunOnlyOnEveryThread() {
    boolean known =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    float[] values = {Float.MIN_NORMAL, 0.25f};
    float[] products = {-1, -1, -1};
    try (Crew crew = new Crew(2)) {
      crew.run(together(2, (phase, tile, thread) -> products[thread] = values[0] * values[1]));
      products[2] = values[0] * values[1];
    }
    float tiny = Float.MIN_NORMAL / 4;
    assertThat(products).containsExactly(known ? 0 : tiny, known ? 0 : tiny, tiny);
  }

  @Test
  void aRunInsideARunIsRefused() {
    try (Crew crew = new Crew(2)) {
      Job nothing = Tiles.of(1, 1, (phase, tile, thread) -> {});
      for (int guilty = 0; guilty < 2; guilty++) {
        int number = guilty;
        assertThatIllegalStateException()
            .isThrownBy(() ->
                crew.run(
                    together(
                        2,
                        (phase, tile, thread) -> {
                          if (thread == number) {
                            crew.run(nothing);
                          }
                        })))
            .withMessageContaining("inside a run");
      }
    }
  }

  @Test
  void aClosedCrewRefusesToRunAndItsThreadsEnd() throws InterruptedException {
    Crew crew = new Crew(2);
    Thread[] seen = new Thread[2];
    crew.run(together(2, (phase, tile, thread) -> seen[thread] = Thread.currentThread()));
    crew.close();
    crew.close();
    seen[1].join();
    assertThatIllegalStateException()
        .isThrownBy(() -> crew.run(Tiles.of(1, 1, (phase, tile, thread) -> {})));
  }

  @Test
  void aCrewCanCloseWhileTheMachineIsBusy() {
    for (int repeat = 0; repeat < 200; repeat++) {
      try (Crew crew = new Crew(6)) {
        crew.reserve(repeat);
      }
    }
  }

  @Test
  void aCrewHasAtLeastOneThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Crew(0))
        .withMessageContaining("threads = 0");
  }

  @Test
  void eachThreadHasScratchMemoryOfItsOwn() {
    try (Crew crew = new Crew(3)) {
      for (long bytes : new long[] {100, 64, 5000}) {
        crew.reserve(bytes);
        crew.run(together(3, (phase, tile, thread) -> fill(crew.scratch(thread), bytes, thread)));
        crew.run(
            together(
                3,
                (phase, tile, thread) -> {
                  for (long i = 0; i < bytes / 4; i++) {
                    assertThat(Memory.getInt(crew.scratch(thread) + 4 * i)).isEqualTo(thread);
                  }
                }));
      }
    }
  }

  private static void fill(long address, long bytes, int value) {
    assertThat(address % Memory.ALIGNMENT).isZero();
    for (long i = 0; i < bytes / 4; i++) {
      Memory.setInt(address + 4 * i, value);
    }
  }

  @Test
  void runningAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] sum = new int[64];
    try (Crew crew = new Crew(2)) {
      Job job = Tiles.of(5, 10, (phase, tile, thread) -> sum[thread * 32]++);
      long[] identities = new long[2];
      crew.run(
          together(
              2, (phase, tile, thread) -> identities[thread] = Thread.currentThread().threadId()));
      // The JVM itself may allocate once on either thread (a first reading, a class, a recompiled
      // method); a run that allocates does so in every attempt.
      long least = Long.MAX_VALUE;
      int attempts = 0;
      while (least > 0 && attempts < 20) {
        attempts++;
        long before = allocated(threads, identities);
        for (int run = 0; run < 1000; run++) {
          crew.run(job);
        }
        least = Math.min(least, allocated(threads, identities) - before);
      }
      assertThat(least).as("bytes allocated by 1000 runs").isZero();
      assertThat(sum[0] + sum[32]).isEqualTo(50_000 * attempts);
    }
  }

  private static long allocated(ThreadMXBean threads, long[] identities) {
    return threads.getThreadAllocatedBytes(identities[0])
        + threads.getThreadAllocatedBytes(identities[1]);
  }
}
