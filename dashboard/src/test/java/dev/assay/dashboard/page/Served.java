package dev.assay.dashboard.page;

import dev.assay.dashboard.Dashboard;
import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.view.Docs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server of a results folder, as {@code assay serve} starts it. */
final class Served implements AutoCloseable {
  /** A test asks faster than people do. */
  private static final int REQUESTS_PER_SECOND = 100_000;

  private final Dashboard dashboard;

  private Served(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  static Served start(Path results) throws IOException {
    return new Served(Dashboard.start(options(results)));
  }

  /** One that others could reach, so that reading needs a token. */
  static Served guarded(Path results) throws IOException {
    return new Served(Dashboard.start(options(results, "0.0.0.0")));
  }

  static DashboardOptions options(Path results) {
    return options(results, "127.0.0.1");
  }

  private static DashboardOptions options(Path results, String host) {
    return new DashboardOptions(
        results,
        "results",
        Optional.empty(),
        host,
        0,
        Set.of(),
        false,
        Limits.standard().withAddressRate(REQUESTS_PER_SECOND),
        cards(),
        "0.1.0");
  }

  /** The address of the page, with a slash at its end. */
  String address() {
    return "http://127.0.0.1:" + dashboard.address().getPort() + "/";
  }

  static Docs cards() {
    Docs.Setting latent = new Docs.Setting("latent", "8", "integer", "Width of the code.");
    Docs.Setting temperature = new Docs.Setting("temperature", "1", "number", "Of the prior.");
    return new Docs(
        List.of(
            new Docs.ModelDoc(
                "vae",
                "Variational autoencoder",
                "vae",
                "Kingma and Welling, Auto-Encoding Variational Bayes",
                2013,
                "bound: eq. 3",
                List.of(latent),
                List.of(temperature))),
        List.of(new Docs.DatasetDoc("digits", "Digits", "Small images.", "CC BY 4.0", "", "")),
        List.of(
            new Docs.MetricDoc(
                "nll", "Negative log-likelihood", "nats/example", "lower", "−log p(x)")));
  }

  @Override
  public void close() {
    dashboard.close();
  }
}
