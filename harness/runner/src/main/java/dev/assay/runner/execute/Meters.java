package dev.assay.runner.execute;

import dev.assay.runner.machine.Energy;
import dev.assay.runner.machine.NativeMemory;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the whole process, or machine, uses. Means something only while a single cell runs. Linux
 * only; elsewhere, and where the kernel does not tell, the answers are empty.
 */
final class Meters {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final byte[] RESET_PEAK = "5".getBytes(StandardCharsets.US_ASCII);
  private static final double MILLI = 1e-3;

  private final boolean peakReset;
  private final Energy energyStart;
  private final long collectedStart;
  private final long compiledStart;
  private long peakNative;

  private Meters(boolean peakReset, Energy energyStart, long collectedStart, long compiledStart) {
    this.peakReset = peakReset;
    this.energyStart = energyStart;
    this.collectedStart = collectedStart;
    this.compiledStart = compiledStart;
  }

  /** Starts to measure now. */
  static Meters start() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    return new Meters(resetPeak(), Energy.read(), collectedMillis(), compiledMillis());
  }

  /** Time that garbage collections took since the start. */
  double collectedSeconds() {
    return (collectedMillis() - collectedStart) * MILLI;
  }

  /** Time that compilers of the JVM took since the start, on all their threads. */
  double compiledSeconds() {
    return (compiledMillis() - compiledStart) * MILLI;
  }

  /** Most of the heap that was in use since the start, in bytes; each pool at its own peak. */
  long peakHeapBytes() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static long collectedMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(millis -> millis > 0)
        .sum();
  }

  private static long compiledMillis() {
    return ManagementFactory.getCompilationMXBean() == null
        ? 0
        : ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }

  /** Largest resident memory of the process since the start, in bytes. */
  OptionalLong peakBytes() {
    if (!peakReset) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Energy that the machine's processors and GPUs took since the start, where they tell. */
  OptionalDouble joules() {
    return Energy.read().joulesSince(energyStart);
  }

  /** What tells the energy; empty where nothing does. */
  Optional<String> energySource() {
    return energyStart.source();
  }

  /** Looks at the native memory; the largest of all looks counts. */
  void look() {
    NativeMemory.bytes().ifPresent(now -> peakNative = Math.max(peakNative, now));
  }

  /** Most resident memory outside the heap of all looks, in bytes; empty where it is not told. */
  OptionalLong peakNativeBytes() {
    return peakNative > 0 ? OptionalLong.of(peakNative) : OptionalLong.empty();
  }

  private static boolean resetPeak() {
    try {
      Files.write(CLEAR, RESET_PEAK);
      return true;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }
}
