package dev.assay.dashboard;

import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.view.Docs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How to serve.
 *
 * @param results the folder whose runs are shown
 * @param shown how commands name that folder
 * @param db where the index is, {@code postgresql://…}; empty for a file in the folder
 * @param host address to bind
 * @param port 0 for any that is free
 * @param allowedHosts names the server goes by beside {@code localhost} and the bound one
 * @param openRead whether reading needs no token even where others can reach the server
 * @param version of the program, for display
 */
public record DashboardOptions(
    Path results,
    String shown,
    Optional<String> db,
    String host,
    int port,
    Set<String> allowedHosts,
    boolean openRead,
    Limits limits,
    Docs docs,
    String version) {
  public DashboardOptions {
    results = results.toAbsolutePath().normalize();
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Where the dashboard keeps what is its own: the index and the tokens. */
  public Path state() {
    return state(results);
  }

  /** The same, of any results folder. */
  public static Path state(Path results) {
    return results.toAbsolutePath().normalize().resolve(".assay");
  }
}
