package dev.assay.runner.execute;

import dev.assay.runner.machine.Energy;
import dev.assay.runner.machine.Gpu;
import dev.assay.runner.machine.Nvml;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts about machine, JVM and code that results were made with. */
public final class Provenance {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final String UNTOLD = "unavailable";
  private static final Path GPU_DRIVER = Path.of("/proc/driver/nvidia/version");

  /** Instructions that decide how fast arithmetic is, by the kernel's names. */
  private static final Pattern VECTORS =
      Pattern.compile("avx2|fma|f16c|avx512f|avx512_vnni|avx512_bf16|amx_tile|asimd|sve2?");

  private Provenance() {}

  /**
   * The facts, ordered; what cannot be found out is left out.
   *
   * @param root the repository, for the state of the code
   */
  public static Map<String, String> collect(Optional<Path> root) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("jdk", System.getProperty("java.vm.version"));
    facts.put("jvm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"));
    facts.put(
        "jvm.flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("arch", System.getProperty("os.arch"));
    field(CPU_INFO, "model name").ifPresent(name -> facts.put("cpu", name));
    vectors().ifPresent(names -> facts.put("cpu.vectors", names));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    field(MEMORY_INFO, "MemTotal").ifPresent(memory -> facts.put("memory", memory));
    facts.put("heap.max_bytes", String.valueOf(Runtime.getRuntime().maxMemory()));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load >= 0) {
      facts.put("load", String.valueOf(load));
    }
    facts.put(
        "energy",
        Energy.read()
            .source()
            .map(source -> "read by " + source.toUpperCase(Locale.ROOT))
            .orElse("unavailable: neither RAPL nor NVML can be read"));
    gpus(Nvml.ofMachine(), facts);
    root.flatMap(folder -> git(folder, "rev-parse", "HEAD"))
        .ifPresent(commit -> facts.put("git.commit", commit));
    root.flatMap(folder -> git(folder, "status", "--porcelain", "--untracked-files=no"))
        .ifPresent(changes -> facts.put("git.dirty", String.valueOf(!changes.isEmpty())));
    return facts;
  }

  /** What the driver tells of the GPUs now, for people; empty where it tells nothing. */
  public static Map<String, String> gpus() {
    Map<String, String> facts = new LinkedHashMap<>();
    gpus(Nvml.ofMachine(), facts);
    return facts;
  }

  /** What the driver tells of the GPUs; the facts of several stand one after the other. */
  static void gpus(Optional<Nvml> nvml, Map<String, String> facts) {
    nvml.flatMap(Nvml::driver)
        .or(() -> field(GPU_DRIVER, "NVRM version"))
        .ifPresent(driver -> facts.put("gpu.driver", driver));
    List<Gpu> all = nvml.map(Nvml::gpus).orElse(List.of());
    if (all.isEmpty()) {
      return;
    }
    facts.put("gpu", told(all, gpu -> gpu.name()));
    facts.put("gpu.memory", told(all, gpu -> told(gpu.memory(), "B")));
    facts.put("gpu.memory_used", told(all, gpu -> told(gpu.memoryUsed(), "B")));
    facts.put("gpu.utilisation", told(all, gpu -> told(gpu.utilisation(), "%")));
    facts.put("gpu.sm_clock", told(all, gpu -> told(gpu.smClock(), "MHz")));
    facts.put("gpu.memory_clock", told(all, gpu -> told(gpu.memoryClock(), "MHz")));
    facts.put("gpu.power", told(all, gpu -> told(gpu.milliwatts(), "mW")));
  }

  private static String told(List<Gpu> gpus, Function<Gpu, String> fact) {
    return gpus.stream().map(fact).collect(Collectors.joining("; "));
  }

  private static String told(OptionalLong number, String unit) {
    return number.isPresent() ? number.getAsLong() + " " + unit : UNTOLD;
  }

  private static String told(OptionalInt number, String unit) {
    return number.isPresent() ? number.getAsInt() + " " + unit : UNTOLD;
  }

  private static Optional<String> vectors() {
    return field(CPU_INFO, "flags")
        .or(() -> field(CPU_INFO, "Features"))
        .map(flags ->
            Stream.of(flags.split(" "))
                .filter(VECTORS.asMatchPredicate())
                .collect(Collectors.joining(" ")));
  }

  /** The first line {@code name : value} of a file of the kernel. */
  private static Optional<String> field(Path file, String name) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
