package dev.assay.jcuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Asks the driver library what there is, without JCuda's natives, so that a machine without a
 * driver answers with a reason instead of a link error.
 */
public final class DriverProbe {
  /** What every NVIDIA driver for Linux installs. */
  public static final String LIBRARY = "libcuda.so.1";

  /** The oldest driver API whose functions the backend calls. */
  private static final int OLDEST_VERSION = 12000;

  /** The oldest compute capability that the committed kernels are made for. */
  private static final int OLDEST_CAPABILITY = 75;

  private static final int NO_DEVICE = 100;
  private static final int STUB_LIBRARY = 34;
  private static final int SYSTEM_DRIVER_MISMATCH = 803;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int NAME_BYTES = 256;

  private final SymbolLookup symbols;
  private final Arena arena;

  private DriverProbe(SymbolLookup symbols, Arena arena) {
    this.symbols = symbols;
    this.arena = arena;
  }

  /**
   * Why device 0 cannot be used here and what would help, in one line; empty if it can.
   *
   * @param library a file or a name that the system's loader knows, usually {@link #LIBRARY}
   */
  public static Optional<String> unavailable(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup symbols;
      try {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
      } catch (IllegalArgumentException e) {
        return Optional.of(
            "no NVIDIA driver: the system's loader finds no "
                + library
                + "; install the driver of an NVIDIA GPU (525 or later)");
      }
      return new DriverProbe(symbols, arena).reason();
    } catch (Throwable e) {
      // a downcall may throw anything; a probe must not
      return Optional.of("the NVIDIA driver cannot be asked: " + e);
    }
  }

  private Optional<String> reason() throws Throwable {
    MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
    int error = (int) function("cuInit", ValueLayout.JAVA_INT).invokeExact(0);
    if (error != 0) {
      return Optional.of(initialization(error));
    }
    error = (int) function("cuDriverGetVersion", ValueLayout.ADDRESS).invokeExact(number);
    int version = number.get(ValueLayout.JAVA_INT, 0);
    if (error != 0 || version < OLDEST_VERSION) {
      return Optional.of(
          "the NVIDIA driver is too old: it knows CUDA "
              + version / 1000
              + "."
              + version % 1000 / 10
              + ", and 12.0 is needed; install driver 525 or later");
    }
    error = (int) function("cuDeviceGetCount", ValueLayout.ADDRESS).invokeExact(number);
    if (error != 0 || number.get(ValueLayout.JAVA_INT, 0) == 0) {
      return Optional.of(noDevice());
    }
    return tooOld();
  }

  private Optional<String> tooOld() throws Throwable {
    MethodHandle attribute =
        function(
            "cuDeviceGetAttribute",
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT);
    MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
    int error = (int) attribute.invokeExact(number, CAPABILITY_MAJOR, 0);
    int capability = 10 * number.get(ValueLayout.JAVA_INT, 0);
    error |= (int) attribute.invokeExact(number, CAPABILITY_MINOR, 0);
    capability += number.get(ValueLayout.JAVA_INT, 0);
    if (error != 0) {
      return Optional.of("the NVIDIA driver does not describe its device: " + error(error));
    }
    if (capability >= OLDEST_CAPABILITY) {
      return Optional.empty();
    }
    MemorySegment name = arena.allocate(NAME_BYTES);
    int named =
        (int)
            function(
                    "cuDeviceGetName",
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT)
                .invokeExact(name, NAME_BYTES - 1, 0);
    return Optional.of(
        "the GPU is too old: %s has compute capability %d.%d, and 7.5 (Turing, 2018) is needed"
            .formatted(named == 0 ? name.getString(0) : "it", capability / 10, capability % 10));
  }

  private String initialization(int error) {
    return switch (error) {
      case NO_DEVICE -> noDevice();
      case STUB_LIBRARY ->
          "the libcuda.so.1 that is found is a stub for linking; put the driver's own first";
      case SYSTEM_DRIVER_MISMATCH ->
          "the NVIDIA driver's library and kernel module differ in version; reboot after an update";
      default -> "the NVIDIA driver does not start: " + error(error);
    };
  }

  private static String noDevice() {
    return "the NVIDIA driver sees no GPU; check nvidia-smi, CUDA_VISIBLE_DEVICES and, in a"
        + " container, that it was given one";
  }

  /** CUDA's own name of an error, or its number. */
  private String error(int code) {
    try {
      MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
      int known =
          (int)
              function("cuGetErrorName", ValueLayout.JAVA_INT, ValueLayout.ADDRESS)
                  .invokeExact(code, text);
      return known == 0
          ? text.get(ValueLayout.ADDRESS, 0).reinterpret(NAME_BYTES).getString(0)
          : "error " + code;
    } catch (Throwable e) {
      return "error " + code;
    }
  }

  private MethodHandle function(String name, MemoryLayout... parameters) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalStateException("libcuda has no function " + name));
    return Linker.nativeLinker()
        .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }
}
