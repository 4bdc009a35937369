package dev.assay.jcuda.blas;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cuBLAS that is installed here, loaded for as long as the process lives. */
public final class CublasLibrary {
  /** Major versions whose functions are the same here, newest first. */
  private static final List<Integer> VERSIONS = List.of(13, 12);

  private static final Path TOOLKITS = Path.of("/usr/local");

  private final SymbolLookup symbols;
  private final String version;

  private CublasLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    version = property(0) + "." + property(1) + "." + property(2);
  }

  /**
   * The newest that a driver can work with: by the system's loader, then in {@code
   * $CUDA_HOME/lib64}, then in toolkits under {@code /usr/local}.
   *
   * @param driver version of CUDA that the driver knows, such as 13000
   */
  public static Optional<CublasLibrary> find(int driver) {
    return find(driver, folders(System.getenv(), TOOLKITS));
  }

  static Optional<CublasLibrary> find(int driver, List<Path> folders) {
    for (int version : VERSIONS) {
      if (version > driver / 1000) {
        continue;
      }
      String name = "libcublas.so." + version;
      Optional<CublasLibrary> found = open(name);
      for (Path folder : folders) {
        if (found.isEmpty() && Files.isRegularFile(folder.resolve(name))) {
          // which the other needs, and may not find by itself
          lookup(folder.resolve("libcublasLt.so." + version).toString());
          found = open(folder.resolve(name).toString());
        }
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** What was looked for, for people. */
  public static String wanted(int driver) {
    List<String> names =
        VERSIONS.stream()
            .filter(version -> version <= driver / 1000)
            .map(version -> "libcublas.so." + version)
            .toList();
    return String.join(" or ", names);
  }

  /** Folders beside those of the loader. */
  static List<Path> folders(Map<String, String> environment, Path toolkits) {
    List<Path> folders = new ArrayList<>();
    String home = environment.getOrDefault("CUDA_HOME", "");
    if (!home.isEmpty()) {
      folders.add(Path.of(home, "lib64"));
    }
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(toolkits)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(toolkits, "cuda*")) {
        all.forEach(folder -> found.add(folder.resolve("lib64")));
      } catch (IOException e) {
        return folders;
      }
    }
    found.sort(Comparator.comparing(Path::toString).reversed());
    folders.addAll(found);
    return folders;
  }

  /**
   * Loads one.
   *
   * @param library a file or a name that the system's loader knows
   * @return empty if it cannot be loaded, or is something else
   */
  static Optional<CublasLibrary> open(String library) {
    try {
      return lookup(library).map(CublasLibrary::new);
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<SymbolLookup> lookup(String library) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(library, Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Such as 13.0.0. */
  public String version() {
    return version;
  }

  private int property(int which) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      MethodHandle ask = function("cublasGetProperty", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
      int status = (int) ask.invokeExact(which, value);
      if (status != 0) {
        throw new IllegalStateException("cublasGetProperty failed: " + status);
      }
      return value.get(ValueLayout.JAVA_INT, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A function that returns a status.
   *
   * @throws IllegalStateException if the library has none of that name
   */
  MethodHandle function(String name, MemoryLayout... parameters) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalStateException("libcublas has no function " + name));
    return Linker.nativeLinker()
        .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }
}
