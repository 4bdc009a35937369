package dev.assay.runner.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The counters of energy of all processors and all GPUs at one time. What cannot be read is left
 * out, and {@link #source} says what is in.
 *
 * @param gpus millijoules of each; empty unless every GPU tells
 * @param sampled whether one of them tells its power alone, which is summed up from readings
 */
public record Energy(Rapl processors, List<Long> gpus, boolean sampled) {
  private static final double MILLI = 1e-3;

  public Energy {
    gpus = List.copyOf(gpus);
  }

  /** Started when a GPU without a counter is met. */
  private static final class Sampled {
    private static final Optional<PowerMeter> METER = Nvml.ofMachine().map(PowerMeter::start);
  }

  /** The counters of this machine now. */
  public static Energy read() {
    return of(Rapl.read(), Nvml.ofMachine().map(Nvml::gpus).orElse(List.of()), () -> Sampled.METER);
  }

  /**
   * As the GPUs tell it.
   *
   * @param meter for those without a counter of their own; asked for only if there are any
   */
  static Energy of(Rapl processors, List<Gpu> gpus, Supplier<Optional<PowerMeter>> meter) {
    List<Long> all = new ArrayList<>();
    boolean sampled = false;
    for (int i = 0; i < gpus.size(); i++) {
      OptionalLong millijoules = gpus.get(i).millijoules();
      if (millijoules.isEmpty() && gpus.get(i).milliwatts().isPresent()) {
        int gpu = i;
        sampled = true;
        millijoules = meter.get().map(found -> found.millijoules(gpu)).orElse(OptionalLong.empty());
      }
      if (millijoules.isEmpty()) {
        return new Energy(processors, List.of(), false);
      }
      all.add(millijoules.getAsLong());
    }
    return new Energy(processors, all, sampled);
  }

  /**
   * Which counters there are: {@code rapl}, {@code nvml}, {@code rapl+nvml}, or empty; {@code
   * nvml-power} stands for a GPU whose power was sampled.
   */
  public Optional<String> source() {
    if (gpus.isEmpty()) {
      return processors.readable() ? Optional.of("rapl") : Optional.empty();
    }
    String device = sampled ? "nvml-power" : "nvml";
    return Optional.of(processors.readable() ? "rapl+" + device : device);
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
