package dev.assay.cpu.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.cpu.crew.Crew;
import dev.assay.cpu.crew.Job;
import dev.assay.cpu.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Runs kernels as the backend does. */
public final class Kernels {
  private Kernels() {}

  /** Runs a kernel once; the workspace, which is added to the operands, begins as NaN. */
  public static void run(Kernel kernel, int threads, long... operands) {
    try (Crew crew = new Crew(threads);
        Arena arena = Arena.ofShared()) {
      Floats workspace = Floats.empty(arena, (int) (kernel.workspaceBytes() / 4));
      crew.reserve(kernel.scratchBytes());
      crew.run(new KernelJob(crew, kernel, with(operands, workspace)));
      workspace.values();
    }
  }

  private static long[] with(long[] operands, Floats workspace) {
    long[] all = java.util.Arrays.copyOf(operands, operands.length + 1);
    all[operands.length] = workspace.address();
    return all;
  }

  private record KernelJob(Crew crew, Kernel kernel, long[] operands) implements Job {
    @Override
    public int phases() {
      return kernel.phases();
    }

    @Override
    public int tiles(int phase) {
      return kernel.tiles(phase);
    }

    @Override
    public void run(int phase, int tile, int thread) {
      kernel.run(phase, tile, operands, crew.scratch(thread));
    }
  }

  /** Runs a kernel with 1, 2 and 4 threads and checks that the result has the same bits. */
  public static float[] runSameBits(Kernel kernel, Floats result, long... operands) {
    run(kernel, 1, operands);
    float[] expected = result.values();
    for (int threads : List.of(2, 4)) {
      result.fill(Float.NaN);
      run(kernel, threads, operands);
      assertThat(result.values()).as("%d threads", threads).isEqualTo(expected);
    }
    return expected;
  }

  /** Checks that a warm kernel allocates no heap memory. */
  public static void assertAllocatesNothing(Kernel kernel, long... operands) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Crew crew = new Crew(1);
        Arena arena = Arena.ofShared()) {
      Floats workspace = Floats.empty(arena, (int) (kernel.workspaceBytes() / 4));
      crew.reserve(kernel.scratchBytes());
      Job job = new KernelJob(crew, kernel, with(operands, workspace));
      long least = Long.MAX_VALUE;
      // The Vector API allocates until it is compiled, which takes a number of runs.
      for (int run = 0; run < 20_000 && least > 0; run++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
          crew.run(job);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("bytes allocated by 10 runs").isZero();
    }
  }
}
