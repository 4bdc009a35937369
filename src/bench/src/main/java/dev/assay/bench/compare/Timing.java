package dev.assay.bench.compare;

import com.sun.management.ThreadMXBean;
import dev.assay.bench.steps.Workload;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Durations of single steps, and what they allocated.
 *
 * @param seconds of each step, sorted
 * @param heapBytes allocated per step by all threads together, the making of batches included
 */
public record Timing(double[] seconds, double heapBytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Runs steps, at least one, until the time is over. */
  public static Timing of(Workload workload, double forSeconds) {
    double[] seconds = new double[64];
    int steps = 0;
    long allocated = THREADS.getTotalThreadAllocatedBytes();
    long begin = System.nanoTime();
    long before = begin;
    do {
      workload.step();
      long after = System.nanoTime();
      if (steps == seconds.length) {
        allocated += 2L * Double.BYTES * steps + 16;
        seconds = Arrays.copyOf(seconds, 2 * steps);
      }
      seconds[steps++] = (after - before) / 1e9;
      before = after;
    } while ((before - begin) / 1e9 < forSeconds);
    double heapBytes = (double) (THREADS.getTotalThreadAllocatedBytes() - allocated) / steps;
    double[] sorted = Arrays.copyOf(seconds, steps);
    Arrays.sort(sorted);
    return new Timing(sorted, heapBytes);
  }

  public int steps() {
    return seconds.length;
  }

  public double median() {
    int half = seconds.length / 2;
    return seconds.length % 2 == 1 ? seconds[half] : (seconds[half - 1] + seconds[half]) / 2;
  }

  public double least() {
    return seconds[0];
  }
}
