package dev.assay.runner.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The counters of energy of all processors and all GPUs at one time. What cannot be read is left
 * out, and {@link #source} says what is in.
 *
 * @param gpus millijoules of each; empty unless every GPU tells
 */
public record Energy(Rapl processors, List<Long> gpus) {
  private static final double MILLI = 1e-3;

  public Energy {
    gpus = List.copyOf(gpus);
  }

  /** The counters of this machine now. */
  public static Energy read() {
    return new Energy(Rapl.read(), gpus(Nvml.ofMachine()));
  }

  static List<Long> gpus(Optional<Nvml> nvml) {
    List<Long> all = new ArrayList<>();
    for (Gpu gpu : nvml.map(Nvml::gpus).orElse(List.of())) {
      OptionalLong millijoules = gpu.millijoules();
      if (millijoules.isEmpty()) {
        return List.of();
      }
      all.add(millijoules.getAsLong());
    }
    return all;
  }

  /** Which counters there are: {@code rapl}, {@code nvml}, {@code rapl+nvml}, or empty. */
  public Optional<String> source() {
    if (gpus.isEmpty()) {
      return processors.readable() ? Optional.of("rapl") : Optional.empty();
    }
    return Optional.of(processors.readable() ? "rapl+nvml" : "nvml");
  }

  /** Energy since an earlier reading of the same counters; empty if there are none, or others. */
  public OptionalDouble joulesSince(Energy earlier) {
    if (source().isEmpty()
        || !source().equals(earlier.source())
        || gpus.size() != earlier.gpus.size()) {
      return OptionalDouble.empty();
    }
    double joules = 0;
    if (processors.readable()) {
      OptionalDouble spent = processors.joulesSince(earlier.processors);
      if (spent.isEmpty()) {
        return spent;
      }
      joules = spent.getAsDouble();
    }
    for (int i = 0; i < gpus.size(); i++) {
      joules += (gpus.get(i) - earlier.gpus.get(i)) * MILLI;
    }
    return OptionalDouble.of(joules);
  }
}
