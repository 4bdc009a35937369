package dev.assay.dashboard;

import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.view.Docs;
import java.nio.file.Path;
import java.util.Set;

/**
 * How to serve.
 *
 * @param results the folder whose runs are shown
 * @param host address to bind
 * @param port 0 for any that is free
 * @param allowedHosts names the server goes by beside {@code localhost} and the bound one
 * @param openRead whether reading needs no token even where others can reach the server
 * @param version of the program, for display
 */
public record DashboardOptions(
    Path results,
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
}
