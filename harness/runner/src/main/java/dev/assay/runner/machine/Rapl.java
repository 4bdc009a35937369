package dev.assay.runner.machine;

import java.io.IOException;
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
 * The processors' counters of energy, which Linux shows where the machine and the rights allow it.
 *
 * @param microjoules by package; empty unless every package can be read
 */
public record Rapl(Map<Path, Long> microjoules) {
  private static final Path POWER = Path.of("/sys/class/powercap");
  private static final double MICRO = 1e-6;

  /** The counters of this machine now. */
  public static Rapl read() {
    return read(POWER);
  }

  static Rapl read(Path power) {
    Rapl none = new Rapl(Map.of());
    if (!Files.isDirectory(power)) {
      return none;
    }
    List<Path> packages = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            power, path -> path.getFileName().toString().matches("intel-rapl:\\d+"))) {
      found.forEach(packages::add);
    } catch (IOException e) {
      return none;
    }
    Map<Path, Long> readings = new LinkedHashMap<>();
    for (Path one : packages) {
      OptionalLong reading = number(one.resolve("energy_uj"));
      if (reading.isEmpty()) {
        return none;
      }
      readings.put(one, reading.getAsLong());
    }
    return new Rapl(readings);
  }

  /** Whether there is anything to read. */
  public boolean readable() {
    return !microjoules.isEmpty();
  }

  /** Energy since an earlier reading, of which a counter may have begun anew; empty if unknown. */
  public OptionalDouble joulesSince(Rapl earlier) {
    if (!readable() || !microjoules.keySet().equals(earlier.microjoules.keySet())) {
      return OptionalDouble.empty();
    }
    double total = 0;
    for (Map.Entry<Path, Long> start : earlier.microjoules.entrySet()) {
      long used = microjoules.getOrDefault(start.getKey(), 0L) - start.getValue();
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

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
