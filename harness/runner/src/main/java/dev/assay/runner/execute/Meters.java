package dev.assay.runner.execute;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the whole process, or machine, uses. Means something only while a single cell runs. Linux
 * only; elsewhere, and where the kernel does not tell, the answers are empty.
 */
final class Meters {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path POWER = Path.of("/sys/class/powercap");
  private static final byte[] RESET_PEAK = "5".getBytes(StandardCharsets.US_ASCII);
  private static final double MICRO = 1e-6;
  private static final double MILLI = 1e-3;

  private final boolean peakReset;
  private final Map<Path, Long> energyStart;
  private final long collectedStart;
  private final long compiledStart;

  private Meters(
      boolean peakReset, Map<Path, Long> energyStart, long collectedStart, long compiledStart) {
    this.peakReset = peakReset;
    this.energyStart = energyStart;
    this.collectedStart = collectedStart;
    this.compiledStart = compiledStart;
  }

  /** Starts to measure now. */
  static Meters start() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    return new Meters(resetPeak(), energy(), collectedMillis(), compiledMillis());
  }

  /** Whether the processors' energy can be read here. */
  static boolean readsEnergy() {
    return !energy().isEmpty();
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

  /** Energy that the machine's processors took since the start. */
  OptionalDouble joules() {
    Map<Path, Long> now = energy();
    if (energyStart.isEmpty() || !now.keySet().equals(energyStart.keySet())) {
      return OptionalDouble.empty();
    }
    double total = 0;
    for (Map.Entry<Path, Long> start : energyStart.entrySet()) {
      long used = now.getOrDefault(start.getKey(), 0L) - start.getValue();
      if (used < 0) {
        OptionalLong wrap = number(start.getKey().resolve("max_energy_range_uj"));
        if (wrap.isEmpty()) {
          return OptionalDouble.empty();
        }
        used += wrap.getAsLong();
      }
      total += used * MICRO;
    }
    return OptionalDouble.of(total);
  }

  private static boolean resetPeak() {
    try {
      Files.write(CLEAR, RESET_PEAK);
      return true;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  /** Microjoules by package; empty unless every package can be read. */
  private static Map<Path, Long> energy() {
    List<Path> packages = new ArrayList<>();
    if (!Files.isDirectory(POWER)) {
      return Map.of();
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            POWER, path -> path.getFileName().toString().matches("intel-rapl:\\d+"))) {
      found.forEach(packages::add);
    } catch (IOException e) {
      return Map.of();
    }
    Map<Path, Long> readings = new LinkedHashMap<>();
    for (Path one : packages) {
      OptionalLong reading = number(one.resolve("energy_uj"));
      if (reading.isEmpty()) {
        return Map.of();
      }
      readings.put(one, reading.getAsLong());
    }
    return readings;
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
