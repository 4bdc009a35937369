package dev.assay.cli;

import dev.assay.runner.execute.Provenance;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.experiment.RegistryException;
import dev.assay.runner.machine.Energy;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks at the machine for {@code doctor}. */
final class Examination {
  private static final long SMALL_HEAP = 1L << 30;
  private static final double BUSY = 0.5;

  private final Registry registry;
  private final List<Finding> findings = new ArrayList<>();
  private final int cores = Runtime.getRuntime().availableProcessors();

  Examination(Registry registry) {
    this.registry = registry;
  }

  /** Everything, in order of reading. */
  List<Finding> findings() {
    jdk();
    machine();
    boolean vectors = vectors();
    registry.backends().forEach(this::backend);
    gpus();
    plugins();
    data();
    peaks(vectors);
    return findings;
  }

  private void jdk() {
    Runtime.Version version = Runtime.version();
    String value = version + ", " + System.getProperty("java.vm.name");
    boolean suited = version.feature() == 25 && (version.interim() > 0 || version.update() >= 3);
    findings.add(
        suited
            ? Finding.good("java", value)
            : Finding.broken(
                "java",
                value,
                "25.0.3 or later, below 26, is needed: earlier ones can corrupt arrays"));
  }

  private void machine() {
    Map<String, String> facts = Provenance.collect(Optional.empty());
    findings.add(
        Finding.good(
            "system", facts.getOrDefault("os", "?") + ", " + facts.getOrDefault("arch", "?")));
    findings.add(Finding.good("processor", facts.getOrDefault("cpu", "not known")));
    String load = facts.getOrDefault("load", "");
    double busy = load.isEmpty() ? 0 : Double.parseDouble(load) / cores;
    findings.add(
        busy > BUSY
            ? Finding.note(
                "cores",
                cores + ", load " + load,
                "other programs are busy: times measured now are too long")
            : Finding.good("cores", cores + (load.isEmpty() ? "" : ", load " + load)));
    long heap = Runtime.getRuntime().maxMemory();
    String memory = facts.getOrDefault("memory", "not known") + ", heap at most " + size(heap);
    findings.add(
        heap < SMALL_HEAP
            ? Finding.note("memory", memory, "allow more: ASSAY_JAVA_OPTS=-Xmx4g")
            : Finding.good("memory", memory));
  }

  private boolean vectors() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      findings.add(
          Finding.broken(
              "vectors",
              "the Vector API is off",
              "start java with --add-modules jdk.incubator.vector, as ./assay does"));
      return false;
    }
    int bits = Peaks.vectorBits();
    findings.add(
        bits >= 256
            ? Finding.good("vectors", bits + " bits")
            : Finding.note("vectors", bits + " bits", "a processor with AVX2 is faster"));
    return true;
  }

  private void backend(BackendProvider provider) {
    String subject = "backend " + provider.id();
    Optional<String> unavailable = provider.unavailable();
    if (unavailable.isPresent()) {
      boolean needed = provider.id().equals("cpu");
      findings.add(
          needed
              ? Finding.broken(subject, "not available", unavailable.get())
              : Finding.note(subject, "not available", unavailable.get()));
      return;
    }
    try (Backend backend = provider.open(new BackendProvider.Settings(cores, "fp32"))) {
      List<String> facts = new ArrayList<>();
      backend.facts().forEach((key, value) -> facts.add(key + " " + value));
      findings.add(Finding.good(subject, String.join(", ", facts)));
    } catch (RuntimeException e) { // whatever a driver may find
      findings.add(Finding.broken(subject, "cannot be opened", String.valueOf(e.getMessage())));
    }
  }

  /** By NVIDIA's management library. */
  private void gpus() {
    Map<String, String> facts = Provenance.gpus();
    if (!facts.containsKey("gpu")) {
      findings.add(
          Finding.good(
              "gpu meters", "none: libnvidia-ml.so.1, which comes with a driver, tells nothing"));
      return;
    }
    List<String> told = new ArrayList<>();
    facts.forEach((key, value) -> told.add(key + " " + value));
    told.add("energy " + Energy.read().source().orElse("untold"));
    findings.add(Finding.good("gpu meters", String.join(", ", told)));
  }

  private void plugins() {
    try {
      findings.add(
          Finding.good(
              "found",
              registry.models().size()
                  + " models, "
                  + registry.datasets().size()
                  + " datasets, "
                  + registry.metrics().size()
                  + " metrics"));
    } catch (RegistryException e) {
      findings.add(
          Finding.broken(
              "plugins", String.valueOf(e.getMessage()), "look into the folder of plugin jars"));
    }
  }

  private void data() {
    Path cache = registry.files().cache();
    Path existing = cache;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    boolean writable = existing != null && Files.isWritable(existing);
    findings.add(
        writable
            ? Finding.good("data cache", cache.toString())
            : Finding.broken(
                "data cache",
                cache + " cannot be written",
                "name a folder that can: ASSAY_CACHE=/path"));
    String mirrors =
        Optional.ofNullable(System.getProperty("assay.mirror"))
            .orElse(System.getenv().getOrDefault("ASSAY_MIRROR", ""));
    findings.add(Finding.good("data mirrors", mirrors.isBlank() ? "none (ASSAY_MIRROR)" : mirrors));
  }

  private void peaks(boolean vectors) {
    Peaks peaks = new Peaks(cores);
    if (vectors) {
      findings.add(Finding.good("peak arithmetic", gigaflops(peaks.fmaGigaflops())));
      findings.add(
          Finding.good(
              "peak memory", String.format(Locale.ROOT, "%.1f GB/s", peaks.memoryGigabytes())));
    }
    for (BackendProvider provider : registry.backends()) {
      if (provider.unavailable().isEmpty()) {
        findings.add(matmul(peaks, provider));
      }
    }
  }

  private static Finding matmul(Peaks peaks, BackendProvider provider) {
    String subject = "matmul " + provider.id();
    try {
      return Finding.good(subject, gigaflops(peaks.matmulGigaflops(provider)));
    } catch (RuntimeException e) { // whatever a driver may find
      return Finding.broken(subject, "fails", String.valueOf(e.getMessage()));
    }
  }

  private static String gigaflops(double value) {
    return String.format(Locale.ROOT, "%.1f GFLOP/s", value);
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
