package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import dev.assay.jcuda.driver.UserCache;
import dev.assay.jcuda.ptx.Epilogue;
import dev.assay.jcuda.ptx.Fused;
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
    linkFused(calls);
    return calls.stream()
        .map(call ->
            new Launch(
                function(call), call.grid(), call.block(), call.sharedBytes(), call.arguments()))
        .toList();
  }

  private void linkFused(List<Call> calls) {
    Map<String, Map<Fused, Integer>> missing = new LinkedHashMap<>();
    for (Call call : calls) {
      if (call.routine() instanceof Call.Routine.WithEpilogue(Fused kernel)
          && !generated.containsKey(kernel.name())) {
        missing
            .computeIfAbsent(kernel.module(), _ -> new LinkedHashMap<>())
            .put(kernel, call.sharedBytes());
      }
    }
    missing.forEach((module, kernels) -> {
      Map<String, Fused> distinct = new LinkedHashMap<>();
      kernels.keySet().forEach(kernel -> distinct.put(kernel.name(), kernel));
      Driver.Code code = driver.load(Fused.module(text(module), distinct.values()));
      kernels.forEach((kernel, sharedBytes) ->
          generated.put(kernel.name(), code.function(kernel.name(), sharedBytes)));
    });
  }

  private Driver.Function function(Call call) {
    return switch (call.routine()) {
      case Call.Routine.Generated(Source source) -> loaded(source.name());
      case Call.Routine.WithEpilogue(Fused kernel) -> loaded(kernel.name());
      case Call.Routine.Committed(String module, String name) ->
          committed.computeIfAbsent(
              name + " " + call.sharedBytes(),
              _ -> modules.computeIfAbsent(module, this::load).function(name, call.sharedBytes()));
      case Call.Routine.Given(Driver.Function function) -> function;
    };
  }

  private Driver.Function loaded(String name) {
    return generated.computeIfAbsent(
        name,
        _ -> {
          throw new IllegalStateException("kernel " + name + " is not loaded");
        });
  }

  private Driver.Code load(String module) {
    return driver.load(Epilogue.none(text(module)));
  }

  private String text(String module) {
    return text(module, generation(driver.device().capability()));
  }

  /** What tells builds of a committed module for this device apart. */
  public String hash(String module) {
    String text = text(module, generation(driver.device().capability()));
    return UserCache.hash(text.getBytes(UserCache.TEXT));
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
