package dev.assay.cli;

import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Short measurements of what this machine can do at most, on all processors at once. */
final class Peaks {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final long NANOS = 300_000_000L;

  /** The compiler needs about this long before loops of vectors are fast. */
  private static final long WARM_UP_NANOS = 1_000_000_000L;

  /** Independent chains: enough to hide the latency of a fused multiply-add on two ports. */
  private static final int CHAINS = 10;

  private static final int ROUNDS = 1_000;
  private static final int CALLS = 2_000;
  private static final int FLOATS = 1 << 24;
  private static final int SIZE = 512;

  private final int threads;

  Peaks(int threads) {
    this.threads = threads;
  }

  /** Bits of the vectors that are used. */
  static int vectorBits() {
    return SPECIES.vectorBitSize();
  }

  /** Fused multiply-adds in registers: 10⁹ floating-point operations a second. */
  double fmaGigaflops() {
    float[] sink = new float[threads * SPECIES.length()];
    warmUp(() -> chains(sink, 0));
    IntConsumer work =
        thread -> {
          for (int call = 0; call < CALLS; call++) {
            chains(sink, thread * SPECIES.length());
          }
        };
    double operations = 2.0 * CHAINS * SPECIES.length() * ROUNDS * CALLS * threads;
    return operations / best(work) / 1e9;
  }

  /** The triad a = b + s·c over 64 MiB each: 10⁹ bytes a second, read and written. */
  double memoryGigabytes() {
    float[] a = new float[FLOATS];
    float[] b = new float[FLOATS];
    float[] c = new float[FLOATS];
    int part = FLOATS / threads / SPECIES.length() * SPECIES.length();
    int little = 64 * SPECIES.length();
    warmUp(() -> triad(a, b, c, 0, little));
    double seconds = best(thread -> triad(a, b, c, thread * part, (thread + 1) * part));
    return 3.0 * Float.BYTES * part * threads / seconds / 1e9;
  }

  /** A product of two 512×512 matrices on a backend: 10⁹ floating-point operations a second. */
  double matmulGigaflops(BackendProvider provider) {
    try (Backend backend = provider.open(new BackendProvider.Settings(threads, "fp32"))) {
      Shape square = Shape.of(SIZE, SIZE);
      Variable a = backend.variable("a", DType.F32, square);
      Variable b = backend.variable("b", DType.F32, square);
      Variable product = backend.variable("product", DType.F32, square);
      float[] values = new float[SIZE * SIZE];
      Arrays.fill(values, 0.5f);
      a.write(values);
      b.write(values);
      Graph graph = Graph.builder().assign(product, a.tensor().matmul(b.tensor())).build();
      try (Program program = backend.compile(graph)) {
        double seconds =
            best(() -> {
              program.run();
              program.await();
            });
        return program.flops() / seconds / 1e9;
      }
    }
  }

  private static void chains(float[] sink, int at) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector x0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector x1 = FloatVector.broadcast(SPECIES, 1f);
    FloatVector x2 = FloatVector.broadcast(SPECIES, 2f);
    FloatVector x3 = FloatVector.broadcast(SPECIES, 3f);
    FloatVector x4 = FloatVector.broadcast(SPECIES, 4f);
    FloatVector x5 = FloatVector.broadcast(SPECIES, 5f);
    FloatVector x6 = FloatVector.broadcast(SPECIES, 6f);
    FloatVector x7 = FloatVector.broadcast(SPECIES, 7f);
    FloatVector x8 = FloatVector.broadcast(SPECIES, 8f);
    FloatVector x9 = FloatVector.broadcast(SPECIES, 9f);
    for (int i = 0; i < ROUNDS; i++) {
      x0 = x0.fma(factor, term);
      x1 = x1.fma(factor, term);
      x2 = x2.fma(factor, term);
      x3 = x3.fma(factor, term);
      x4 = x4.fma(factor, term);
      x5 = x5.fma(factor, term);
      x6 = x6.fma(factor, term);
      x7 = x7.fma(factor, term);
      x8 = x8.fma(factor, term);
      x9 = x9.fma(factor, term);
    }
    x0.add(x1).add(x2).add(x3).add(x4).add(x5).add(x6).add(x7).add(x8).add(x9).intoArray(sink, at);
  }

  private static void triad(float[] a, float[] b, float[] c, int from, int to) {
    FloatVector scale = FloatVector.broadcast(SPECIES, 3f);
    for (int i = from; i < to; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, c, i)
          .fma(scale, FloatVector.fromArray(SPECIES, b, i))
          .intoArray(a, i);
    }
  }

  private static void warmUp(Runnable work) {
    for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP_NANOS; ) {
      work.run();
    }
  }

  /** Seconds of the fastest round in which every thread does the work once. */
  private double best(IntConsumer work) {
    return best(() -> together(work));
  }

  private static double best(Runnable round) {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    while (best == Long.MAX_VALUE || System.nanoTime() - begin < NANOS) {
      long start = System.nanoTime();
      round.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1e9;
  }

  private void together(IntConsumer work) {
    CountDownLatch done = new CountDownLatch(threads);
    List<Thread> crew = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int index = thread;
      crew.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                work.accept(index);
                done.countDown();
              }));
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      crew.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
