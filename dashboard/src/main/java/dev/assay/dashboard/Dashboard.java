package dev.assay.dashboard;

import dev.assay.dashboard.http.Access;
import dev.assay.dashboard.http.ApiServer;
import dev.assay.dashboard.http.Endpoint;
import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.http.Reply;
import dev.assay.dashboard.http.WebFiles;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running server. */
public final class Dashboard implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 10;

  private final Vertx vertx;
  private final ApiServer.Shared shared;
  private final URI address;

  private Dashboard(Vertx vertx, ApiServer.Shared shared, URI address) {
    this.vertx = vertx;
    this.shared = shared;
    this.address = address;
  }

  /**
   * Starts to serve; returns when the port is open.
   *
   * @throws IOException if the folder cannot be read or the address cannot be bound
   */
  public static Dashboard start(DashboardOptions options) throws IOException {
    if (!Files.isDirectory(options.results())) {
      throw new NotDirectoryException(options.results().toString());
    }
    InetAddress bound = address(options.host());
    Vertx vertx = vertx();
    ApiServer.Shared shared =
        new ApiServer.Shared(
            options.host(),
            options.port() == 0 ? -1 : options.port(),
            options.limits(),
            endpoints(options),
            hosts(options),
            options.openRead() || bound.isLoopbackAddress(),
            token -> Optional.empty(),
            WebFiles.load(),
            () -> 0);
    List<ApiServer> loops = new CopyOnWriteArrayList<>();
    try {
      vertx
          .deployVerticle(
              () -> {
                ApiServer loop = new ApiServer(shared);
                loops.add(loop);
                return loop;
              },
              new DeploymentOptions().setInstances(eventLoops()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      stop(vertx, shared);
      Throwable cause = e.getCause();
      throw bindFailure(options, cause == null ? e : cause);
    } catch (TimeoutException | InterruptedException e) {
      stop(vertx, shared);
      throw new IOException("the server did not start within " + START_SECONDS + " s", e);
    }
    String host = options.host().indexOf(':') >= 0 ? "[" + options.host() + "]" : options.host();
    return new Dashboard(
        vertx, shared, URI.create("http://" + host + ":" + loops.getFirst().port() + "/"));
  }

  /** Where the page is. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    stop(vertx, shared);
  }

  private static List<Endpoint> endpoints(DashboardOptions options) {
    Reply openApi = resource("/openapi.yaml", "application/yaml");
    Reply docs = Reply.json(options.docs());
    return List.of(
        Endpoint.get(
            "openapi",
            "/api/v1/openapi.yaml",
            Access.READ,
            List.of(),
            query -> Answer.lasting(openApi)),
        Endpoint.get(
            "docs", "/api/v1/docs", Access.READ, List.of(), query -> Answer.lasting(docs)));
  }

  private static Reply resource(String name, String mediaType) {
    try (InputStream in = Dashboard.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing in this build: " + name);
      }
      return Reply.of(mediaType, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int eventLoops() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  private static InetAddress address(String host) throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IOException("there is no host '" + host + "' to bind; try 127.0.0.1", e);
    }
  }

  private static Set<String> hosts(DashboardOptions options) {
    Set<String> hosts = new HashSet<>(options.allowedHosts());
    hosts.add(options.host().indexOf(':') >= 0 ? "[" + options.host() + "]" : options.host());
    return hosts;
  }

  private static IOException bindFailure(DashboardOptions options, Throwable cause) {
    if (cause instanceof BindException) {
      return new IOException(
          "cannot listen on "
              + options.host()
              + " port "
              + options.port()
              + ": "
              + cause.getMessage()
              + "; choose another with --port, or 0 for any",
          cause);
    }
    return new IOException("the server did not start: " + cause.getMessage(), cause);
  }

  private static void stop(Vertx vertx, ApiServer.Shared shared) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(Dashboard.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop by itself", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shared.close();
  }
}
