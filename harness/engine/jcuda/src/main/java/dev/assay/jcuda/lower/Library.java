package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import dev.assay.jcuda.ptx.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels that a device has loaded: committed modules when first needed, generated ones by
 * text.
 */
public final class Library {
  /** Processor generations that modules are committed for, newest first. */
  private static final int[] GENERATIONS = {90, 80, 75};

  private final Driver driver;
  private final Map<String, Driver.Code> modules = new HashMap<>();
  private final Map<String, Driver.Function> generated = new HashMap<>();
  private final Map<String, Driver.Function> committed = new HashMap<>();

  public Library(Driver driver) {
    this.driver = driver;
  }

  /** The calls as launches; kernels not met before are assembled together. */
  public List<Launch> link(List<Call> calls) {
    Map<String, Source> missing = new LinkedHashMap<>();
    for (Call call : calls) {
      if (call.routine() instanceof Call.Routine.Generated(Source source)
          && !generated.containsKey(source.name())) {
        missing.put(source.name(), source);
      }
    }
    if (!missing.isEmpty()) {
      Driver.Code code = driver.load(Source.module(missing.values()));
      missing.keySet().forEach(name -> generated.put(name, code.function(name, 0)));
    }
    return calls.stream()
        .map(call ->
            new Launch(
                function(call), call.grid(), call.block(), call.sharedBytes(), call.arguments()))
        .toList();
  }

  private Driver.Function function(Call call) {
    return switch (call.routine()) {
      case Call.Routine.Generated(Source source) ->
          generated.computeIfAbsent(
              source.name(),
              name -> {
                throw new IllegalStateException("kernel " + name + " is not loaded");
              });
      case Call.Routine.Committed(String module, String name) ->
          committed.computeIfAbsent(
              name + " " + call.sharedBytes(),
              _ -> modules.computeIfAbsent(module, this::load).function(name, call.sharedBytes()));
    };
  }

  private Driver.Code load(String module) {
    return driver.load(text(module, generation(driver.device().capability())));
  }

  /** The newest generation whose kernels a device can run. */
  static int generation(int capability) {
    for (int generation : GENERATIONS) {
      if (generation <= capability) {
        return generation;
      }
    }
    throw new IllegalArgumentException("no kernels for compute capability " + capability);
  }

  /** A committed module. */
  static String text(String module, int generation) {
    String name = "/dev/assay/jcuda/kernels/" + module + "-" + generation + ".ptx";
    try (InputStream in = Library.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
