package dev.assay.dashboard;

import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.token.TokenStore;
import dev.assay.dashboard.view.Docs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port over a folder, and a client of it. */
public final class TestServer implements AutoCloseable {
  /** Far more than anything takes, so that a busy machine fails no test. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final long LOOK_NANOS = 1_000_000;

  private final Dashboard dashboard;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TokenStore tokens;

  private TestServer(Dashboard dashboard, TokenStore tokens) {
    this.dashboard = dashboard;
    this.tokens = tokens;
  }

  public static DashboardOptions options(Path results, String host, boolean openRead) {
    Docs docs =
        new Docs(
            List.of(
                new Docs.ModelDoc(
                    "gmm",
                    "Mixture",
                    "statistical",
                    "somebody",
                    1977,
                    "eq. 1",
                    List.of(new Docs.Setting("k", "8", "integer", "how many")),
                    List.of())),
            List.of(
                new Docs.DatasetDoc("digits", "Digits", "small", "CC BY", "somebody", "by index")),
            List.of(new Docs.MetricDoc("nll", "likelihood", "nats", "lower", "")));
    return new DashboardOptions(
        results,
        "results",
        Optional.empty(),
        host,
        0,
        Set.of(),
        openRead,
        Limits.standard().withAddressRate(100_000),
        docs,
        "test");
  }

  /** The options of a server that this machine alone reaches, with other limits. */
  static DashboardOptions limited(Path results, Limits limits) {
    DashboardOptions o = options(results, "127.0.0.1", false);
    return new DashboardOptions(
        o.results(),
        o.shown(),
        o.db(),
        o.host(),
        o.port(),
        o.allowedHosts(),
        o.openRead(),
        limits,
        o.docs(),
        o.version());
  }

  static TestServer start(Path results) throws IOException {
    return start(options(results, "127.0.0.1", false));
  }

  static TestServer start(DashboardOptions options) throws IOException {
    return start(options, PATIENCE_NANOS);
  }

  /** One over a folder that takes a while to be looked at. */
  public static TestServer start(Path results, long patienceNanos) throws IOException {
    return start(options(results, "127.0.0.1", false), patienceNanos);
  }

  private static TestServer start(DashboardOptions options, long patienceNanos) throws IOException {
    TestServer server = unsettled(options);
    server.until(() -> server.dashboard.content().isSettled(), patienceNanos);
    return server;
  }

  /** One that may not have looked at all runs yet. */
  public static TestServer unsettled(Path results) throws IOException {
    return unsettled(options(results, "127.0.0.1", false));
  }

  private static TestServer unsettled(DashboardOptions options) throws IOException {
    Dashboard dashboard = Dashboard.start(options);
    return new TestServer(dashboard, new TokenStore(options.state(), Clock.systemUTC()));
  }

  String token(String scope) throws IOException {
    return tokens.create(scope, "", Duration.ofDays(1)).secret();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + dashboard.address().getPort() + path);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public HttpResponse<byte[]> get(String path) throws IOException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  public JsonNode json(String path) throws IOException {
    HttpResponse<byte[]> response = get(path);
    if (response.statusCode() != 200) {
      throw new IOException(
          path
              + " → "
              + response.statusCode()
              + " "
              + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
    }
    return JsonMapper.shared().readTree(response.body());
  }

  HttpResponse<byte[]> upload(byte[] body, String mediaType, String token) throws IOException {
    return send(
        HttpRequest.newBuilder(uri("/api/v1/results"))
            .header("Content-Type", mediaType)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  void until(BooleanSupplier condition) {
    until(condition, PATIENCE_NANOS);
  }

  private void until(BooleanSupplier condition, long patienceNanos) {
    long end = System.nanoTime() + patienceNanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    client.close();
    dashboard.close();
  }
}
