package dev.assay.cpu.gemm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A shared library from the {@code org.bytedeco} jars, loaded for the life of the process. */
final class NativeLibrary {
  private final String name;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /**
   * Loads a library and what it needs that systems may lack.
   *
   * @param project the jar's name, as in {@code org.bytedeco:<project>}
   * @param files file names inside the jar, each after those it depends on; the last is the library
   * @param environment variables that the libraries shall find while they load
   */
  static NativeLibrary load(String project, List<String> files, Map<String, String> environment)
      throws NativeLibraryException {
    for (String dependency : files.subList(0, files.size() - 1)) {
      open(project, dependency, environment);
    }
    return new NativeLibrary(files.getLast(), open(project, files.getLast(), environment));
  }

  /** A function of the library, to be called without heap operands. */
  MethodHandle function(String function, FunctionDescriptor type) throws NativeLibraryException {
    MemorySegment address =
        symbols
            .find(function)
            .orElseThrow(() -> new NativeLibraryException(name + " has no function " + function));
    return Linker.nativeLinker().downcallHandle(address, type);
  }

  private static SymbolLookup open(String project, String file, Map<String, String> environment)
      throws NativeLibraryException {
    String resource = "/org/bytedeco/" + project + "/" + platform() + "/" + file;
    URL url = NativeLibrary.class.getResource(resource);
    if (url == null) {
      throw new NativeLibraryException(
          "the class path has no "
              + resource
              + "; the jar org.bytedeco:"
              + project
              + " with classifier "
              + platform()
              + " brings it, if there is one");
    }
    try (ProcessEnvironment changed = ProcessEnvironment.with(environment)) {
      return SymbolLookup.libraryLookup(NativeCache.file(url, file), Arena.global());
    } catch (IOException e) {
      throw new NativeLibraryException("cannot unpack " + url + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new NativeLibraryException("the system's loader refuses " + url, e);
    }
  }

  /** The platform as the jars spell it, such as {@code linux-x86_64}. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "macosx" : system.startsWith("win") ? "windows" : system)
        + "-"
        + switch (processor) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
  }
}
