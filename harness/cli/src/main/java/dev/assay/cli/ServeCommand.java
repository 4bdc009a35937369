package dev.assay.cli;

import dev.assay.dashboard.Dashboard;
import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.http.Limits;
import dev.assay.runner.execute.Cancellation;
import dev.assay.runner.experiment.Registry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay serve}: the dashboard. */
@Command(
    name = "serve",
    description = {
      "Show results in a browser: boards, runs, samples, and runs in progress live.",
      "Ctrl-C stops it."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  private final PrintStream out;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The folder to show (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "Address to bind (default: ${DEFAULT-VALUE}, which only this machine reaches).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "Port, or 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "A further name that browsers reach the server by; may be repeated.")
  private Set<String> allowedHosts = Set.of();

  @Option(
      names = "--open-read",
      description =
          "Let everybody read who can reach the server; uploads need a token all the same.")
  private boolean openRead;

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "Keep the index in PostgreSQL: postgresql://user:password@host:5432/database.")
  private @Nullable String db;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Requests a second from one address (default: ${DEFAULT-VALUE}).")
  private int rate;

  ServeCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    ShownFolder.check(results);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UsageException(
          "--port is " + port + ", but must be from 0 to " + HIGHEST_PORT, List.of());
    }
    if (rate < 1) {
      throw new UsageException("--rate is " + rate + ", but must be at least 1", List.of());
    }
    DashboardOptions options =
        new DashboardOptions(
            results,
            results.toString(),
            Optional.ofNullable(db),
            host,
            port,
            allowedHosts,
            openRead,
            Limits.standard().withAddressRate(rate),
            Cards.of(Registry.load()),
            AssayCommand.Version.number());
    CountDownLatch stop = new CountDownLatch(1);
    try (Dashboard dashboard = Dashboard.start(options)) {
      Interrupts.install(new Cancellation(), stop::countDown);
      out.println("serving " + options.results() + " at " + dashboard.address());
      out.println("Ctrl-C stops it");
      await(stop);
      out.println("stopping");
    }
    return Exit.GOOD;
  }

  /** An interrupt ends the server as Ctrl-C does. */
  private static void await(CountDownLatch stop) {
    try {
      stop.await();
    } catch (InterruptedException e) {
      return;
    }
  }
}
