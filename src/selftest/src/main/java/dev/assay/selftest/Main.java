package dev.assay.selftest;

import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Tests a backend on this machine. {@code assay selftest} starts it. */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /**
   * Entry point; exits with 1 if the backend is not available or something about it is wrong, with
   * 2 if it is asked for what is not there.
   */
  public static void main(String[] arguments) throws IOException {
    try {
      Options options = Options.parse(arguments);
      BackendProvider provider = provider(options.backend());
      Optional<String> unavailable = provider.unavailable();
      if (unavailable.isPresent()) {
        System.err.println(
            "the backend '" + options.backend() + "' is not available: " + unavailable.get());
        System.exit(FAILED);
      }
      if (!run(options, provider)) {
        System.exit(FAILED);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    }
  }

  private static BackendProvider provider(String id) {
    List<BackendProvider> all =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return all.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no backend '%s'; choices: %s"
                    .formatted(
                        id,
                        all.stream()
                            .map(BackendProvider::id)
                            .sorted()
                            .collect(Collectors.joining(", ")))));
  }

  /** Whether all is well. */
  private static boolean run(Options options, BackendProvider provider) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    boolean exact = options.precision().equals("fp32");
    Report report = new Report();
    BackendProvider.Settings settings =
        new BackendProvider.Settings(threads, options.precision(), options.blas());
    try (Backend backend = provider.open(settings)) {
      System.out.println(backend.facts());
      if (options.parts().contains(Options.Part.OPERATORS) && exact) {
        Operators.run(backend, report, System.out);
      }
      if (options.parts().contains(Options.Part.PARITY)) {
        try (Backend cpu = provider("cpu").open(new BackendProvider.Settings(threads, "fp32"))) {
          Parity.run(cpu, backend, exact, report, System.out);
        }
      }
      if (options.parts().contains(Options.Part.SPEED)) {
        Speed.run(backend, report, System.out);
      }
      write(options, backend, report);
    }
    return !report.failed();
  }

  /** Of a report that is not of the matrix products that the backend takes by itself. */
  private static String suffix(Options options) {
    return options.blas().equals(BackendProvider.Settings.AUTO) ? "" : " " + options.blas();
  }

  private static void write(Options options, Backend backend, Report report) throws IOException {
    String device = backend.facts().getOrDefault("device", options.backend());
    String name =
        (device + " " + options.precision() + suffix(options))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Files.createDirectories(options.out());
    Path csv = options.out().resolve(name + "-" + today + ".csv");
    Files.writeString(csv, report.csv());
    String title = "Self-test of " + options.backend() + " on " + device + ", " + today;
    Path table = options.out().resolve(name + "-" + today + ".md");
    Files.writeString(table, report.markdown(title, backend.facts()));
    System.out.println("written: " + csv + ", " + table);
    System.out.println(report.failed() ? "FAILED" : "all good");
  }
}
