package dev.assay.cpu.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.assay.cpu.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CrewTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void everyThreadRunsTheBodyOnceAndTheCallerIsThreadZero(int threads) {
    try (Crew crew = new Crew(threads)) {
      Thread[] seen = new Thread[threads];
      AtomicIntegerArray calls = new AtomicIntegerArray(threads);
      for (int run = 1; run <= 50; run++) {
        crew.run(thread -> {
          calls.incrementAndGet(thread);
          seen[thread] = Thread.currentThread();
        });
        for (int thread = 0; thread < threads; thread++) {
          assertThat(calls.get(thread)).isEqualTo(run);
        }
      }
      assertThat(seen).doesNotHaveDuplicates();
      assertThat(seen[0]).isSameAs(Thread.currentThread());
      assertThat(IntStream.range(1, threads).mapToObj(i -> seen[i].getName()))
          .isEqualTo(IntStream.range(1, threads).mapToObj(i -> "assay-cpu-" + i).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void whatWasWrittenBeforeABarrierIsReadByAllAfterIt(int threads) {
    int phases = 2000;
    int[] cells = new int[threads * 16];
    AtomicInteger wrong = new AtomicInteger();
    try (Crew crew = new Crew(threads)) {
      crew.run(thread -> {
        for (int phase = 1; phase <= phases; phase++) {
          cells[thread * 16] = phase;
          crew.barrier(thread);
          for (int other = 0; other < threads; other++) {
            if (cells[other * 16] != phase) {
              wrong.incrementAndGet();
            }
          }
          crew.barrier(thread);
        }
      });
    }
    assertThat(wrong).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void eachTileOfEachPhaseIsClaimedExactlyOnce(int threads) {
    int[] sizes = {1, 7, 0, 64, 3, 1000, 2};
    AtomicIntegerArray taken = new AtomicIntegerArray(1000);
    AtomicInteger wrong = new AtomicInteger();
    try (Crew crew = new Crew(threads)) {
      for (int run = 0; run < 100; run++) {
        crew.run(thread -> {
          for (int tiles : sizes) {
            int tile;
            while ((tile = crew.claim(thread, tiles)) >= 0) {
              taken.incrementAndGet(tile);
            }
            crew.barrier(thread);
            if (thread == 0) {
              for (int i = 0; i < taken.length(); i++) {
                wrong.addAndGet(Math.abs(taken.getAndSet(i, 0) - (i < tiles ? 1 : 0)));
              }
            }
            crew.barrier(thread);
          }
        });
      }
    }
    assertThat(wrong).hasValue(0);
  }

  @Test
  void aThreadThatIsDoneTakesTheTilesOfOneThatIsBusy() {
    AtomicInteger byOther = new AtomicInteger();
    try (Crew crew = new Crew(2)) {
      crew.run(thread -> {
        if (thread == 0) {
          while (byOther.get() < 10) {
            Thread.onSpinWait();
          }
        }
        while (crew.claim(thread, 10) >= 0) {
          byOther.addAndGet(thread);
        }
      });
    }
    assertThat(byOther).hasValue(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aThrowingBodyEndsTheRunForAllAndTheCrewGoesOn(int threads) {
    try (Crew crew = new Crew(threads)) {
      for (int failing = 0; failing < threads; failing++) {
        int guilty = failing;
        for (int repeat = 0; repeat < 200; repeat++) {
          AtomicInteger passed = new AtomicInteger();
          assertThatThrownBy(() ->
                  crew.run(thread -> {
                    crew.barrier(thread);
                    if (thread == guilty) {
                      throw new ArithmeticException("from " + thread);
                    }
                    crew.barrier(thread);
                    passed.incrementAndGet();
                  }))
              .isInstanceOf(ArithmeticException.class)
              .hasMessage("from " + guilty);
          assertThat(passed).hasValue(0);
          AtomicInteger after = new AtomicInteger();
          crew.run(thread -> after.incrementAndGet());
          assertThat(after).hasValue(threads);
        }
      }
    }
  }

  @Test
  void ofSeveralFailuresOneIsThrown() {
    try (Crew crew = new Crew(3)) {
      assertThatThrownBy(() ->
              crew.run(thread -> {
                throw new AssertionError("all fail");
              }))
          .isInstanceOf(AssertionError.class)
          .hasMessage("all fail");
    }
  }

  @Test
  void workersThatHaveParkedTakeTheNextRun() {
    AtomicInteger calls = new AtomicInteger();
    try (Crew crew = new Crew(4)) {
      for (int run = 0; run < 10; run++) {
        LockSupport.parkNanos(3_000_000);
        crew.run(thread -> {
          if (thread == 2) {
            LockSupport.parkNanos(3_000_000);
          }
          crew.barrier(thread);
          calls.incrementAndGet();
        });
      }
    }
    assertThat(calls).hasValue(40);
  }

  @Test
  void callersOfSeveralThreadsTakeTurns() throws InterruptedException {
    int[] sum = new int[1];
    try (Crew crew = new Crew(2)) {
      Runnable task =
          () -> {
            for (int i = 0; i < 200; i++) {
              crew.run(thread -> {
                if (thread == 1) {
                  sum[0]++;
                }
              });
            }
          };
      Thread one = Thread.ofPlatform().start(task);
      Thread two = Thread.ofVirtual().start(task);
      one.join();
      two.join();
    }
    assertThat(sum[0]).isEqualTo(400);
  }

  @Test
  void anInterruptOfTheCallerIsKeptForIt() {
    try (Crew crew = new Crew(2)) {
      Thread.currentThread().interrupt();
      crew.run(thread -> {
        if (thread == 1) {
          LockSupport.parkNanos(5_000_000);
        }
      });
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aRunInsideARunIsRefused() {
    try (Crew crew = new Crew(2)) {
      for (int guilty = 0; guilty < 2; guilty++) {
        int number = guilty;
        assertThatIllegalStateException()
            .isThrownBy(() ->
                crew.run(thread -> {
                  if (thread == number) {
                    crew.run(inner -> {});
                  }
                }))
            .withMessageContaining("inside a run");
      }
    }
  }

  @Test
  void aClosedCrewRefusesToRunAndItsThreadsEnd() throws InterruptedException {
    Crew crew = new Crew(2);
    Thread[] worker = new Thread[2];
    crew.run(thread -> worker[thread] = Thread.currentThread());
    crew.close();
    crew.close();
    worker[1].join();
    assertThatIllegalStateException().isThrownBy(() -> crew.run(thread -> {}));
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
        crew.run(thread -> {
          long address = crew.scratch(thread);
          assertThat(address % Memory.ALIGNMENT).isZero();
          for (long i = 0; i < bytes / 4; i++) {
            Memory.setInt(address + 4 * i, thread);
          }
          crew.barrier(thread);
          for (long i = 0; i < bytes / 4; i++) {
            assertThat(Memory.getInt(address + 4 * i)).isEqualTo(thread);
          }
        });
      }
    }
  }

  @Test
  void runningAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] sum = new int[64];
    long[] allocated = new long[2];
    long[] before = new long[2];
    try (Crew crew = new Crew(2)) {
      Crew.Body body =
          thread -> {
            for (int phase = 0; phase < 5; phase++) {
              while (crew.claim(thread, 10) >= 0) {
                sum[thread * 32]++;
              }
              crew.barrier(thread);
            }
          };
      Crew.Body measure =
          thread ->
              allocated[thread] =
                  threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      crew.run(measure);
      for (int run = 0; run < 1000; run++) {
        crew.run(body);
      }
      crew.run(measure);
      System.arraycopy(allocated, 0, before, 0, 2);
      for (int run = 0; run < 1000; run++) {
        crew.run(body);
      }
      crew.run(measure);
      assertThat(allocated).isEqualTo(before);
    }
    assertThat(sum[0] + sum[32]).isEqualTo(100_000);
  }
}
