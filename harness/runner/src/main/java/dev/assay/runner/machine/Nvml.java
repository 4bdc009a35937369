package dev.assay.runner.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * NVIDIA's management library, which comes with the driver. What it does not answer is empty: an
 * older driver or GPU, a container without the right.
 */
public final class Nvml {
  /** As the loader of Linux knows it. */
  public static final String LIBRARY = "libnvidia-ml.so.1";

  private static final int NAME_BYTES = 96;
  private static final int SM_CLOCK = 1;
  private static final int MEMORY_CLOCK = 2;

  private final SymbolLookup symbols;

  private Nvml(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** The machine's own, loaded and started at most once. */
  private static final class Machine {
    private static final Optional<Nvml> LOADED = open(LIBRARY);
  }

  /** That of this machine; empty where there is no driver, or it does not start. */
  public static Optional<Nvml> ofMachine() {
    return Machine.LOADED;
  }

  /**
   * Loads and starts a library, for as long as the process lives.
   *
   * @param library a file or a name that the system's loader knows
   */
  public static Optional<Nvml> open(String library) {
    try {
      Nvml nvml = new Nvml(SymbolLookup.libraryLookup(library, Arena.global()));
      return nvml.call("nvmlInit_v2") ? Optional.of(nvml) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Version of the driver. */
  public Optional<String> driver() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(NAME_BYTES);
      return call("nvmlSystemGetDriverVersion", text, NAME_BYTES)
          ? Optional.of(text.getString(0))
          : Optional.empty();
    }
  }

  /** All GPUs, in the order of the driver. */
  public List<Gpu> gpus() {
    List<Gpu> gpus = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      if (!call("nvmlDeviceGetCount_v2", count)) {
        return gpus;
      }
      MemorySegment handle = arena.allocate(ValueLayout.ADDRESS);
      for (int i = 0; i < count.get(ValueLayout.JAVA_INT, 0); i++) {
        if (call("nvmlDeviceGetHandleByIndex_v2", i, handle)) {
          gpus.add(gpu(handle.get(ValueLayout.ADDRESS, 0), arena));
        }
      }
    }
    return gpus;
  }

  private Gpu gpu(MemorySegment device, Arena arena) {
    MemorySegment name = arena.allocate(NAME_BYTES);
    boolean named = call("nvmlDeviceGetName", device, name, NAME_BYTES);
    // struct { unsigned long long total, free, used; }
    MemorySegment memory = arena.allocate(3 * Long.BYTES, Long.BYTES);
    boolean sized = call("nvmlDeviceGetMemoryInfo", device, memory);
    // struct { unsigned int gpu, memory; }
    MemorySegment rates = arena.allocate(2 * Integer.BYTES, Integer.BYTES);
    boolean rated = call("nvmlDeviceGetUtilizationRates", device, rates);
    MemorySegment power = arena.allocate(ValueLayout.JAVA_INT);
    boolean drawing = call("nvmlDeviceGetPowerUsage", device, power);
    MemorySegment energy = arena.allocate(Long.BYTES, Long.BYTES);
    boolean metered = call("nvmlDeviceGetTotalEnergyConsumption", device, energy);
    return new Gpu(
        named ? name.getString(0) : "unnamed GPU",
        sized ? OptionalLong.of(memory.get(ValueLayout.JAVA_LONG, 0)) : OptionalLong.empty(),
        sized
            ? OptionalLong.of(memory.get(ValueLayout.JAVA_LONG, 2 * Long.BYTES))
            : OptionalLong.empty(),
        rated ? OptionalInt.of(rates.get(ValueLayout.JAVA_INT, 0)) : OptionalInt.empty(),
        clock(device, SM_CLOCK, arena),
        clock(device, MEMORY_CLOCK, arena),
        drawing ? OptionalInt.of(power.get(ValueLayout.JAVA_INT, 0)) : OptionalInt.empty(),
        metered ? OptionalLong.of(energy.get(ValueLayout.JAVA_LONG, 0)) : OptionalLong.empty());
  }

  private OptionalInt clock(MemorySegment device, int which, Arena arena) {
    MemorySegment clock = arena.allocate(ValueLayout.JAVA_INT);
    return call("nvmlDeviceGetClockInfo", device, which, clock)
        ? OptionalInt.of(clock.get(ValueLayout.JAVA_INT, 0))
        : OptionalInt.empty();
  }

  /**
   * Calls a function.
   *
   * @param arguments segments and integers
   * @return whether it is there and returned 0
   */
  private boolean call(String function, Object... arguments) {
    Optional<MemorySegment> address = symbols.find(function);
    if (address.isEmpty()) {
      return false;
    }
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = arguments[i] instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS;
    }
    try {
      Object error =
          Linker.nativeLinker()
              .downcallHandle(address.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts))
              .invokeWithArguments(arguments);
      return error.equals(0);
    } catch (Throwable e) {
      // A downcall may throw anything; what cannot be asked is not known.
      return false;
    }
  }
}
