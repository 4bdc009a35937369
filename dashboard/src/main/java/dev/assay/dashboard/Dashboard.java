package dev.assay.dashboard;

import dev.assay.dashboard.http.ApiServer;
import dev.assay.dashboard.http.WebFiles;
import dev.assay.dashboard.token.TokenStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running server. */
public final class Dashboard implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 10;

  private static final long HEARTBEAT_MILLIS = 5_000;

  private final Vertx vertx;
  private final ApiServer.Shared shared;
  private final Content content;
  private final URI address;

  private Dashboard(Vertx vertx, ApiServer.Shared shared, Content content, URI address) {
    this.vertx = vertx;
    this.shared = shared;
    this.content = content;
    this.address = address;
  }

  /**
   * Starts to serve; returns when the port is open. What has changed since the last time is indexed
   * meanwhile.
   *
   * @throws IOException if the folder cannot be read, the index cannot be opened, the address
   *     cannot be bound, or others could read what no token guards
   */
  public static Dashboard start(DashboardOptions options) throws IOException {
    readable(options.results());
    boolean local = address(options.host()).isLoopbackAddress();
    TokenStore tokens = new TokenStore(options.state(), Clock.systemUTC());
    if (!local && !tokens.hasValid()) {
      throw new UnguardedException(options.host());
    }
    Content content = Content.open(options, options.openRead() || local);
    Vertx vertx = vertx();
    ApiServer.Shared shared =
        new ApiServer.Shared(
            options.host(),
            options.port() == 0 ? -1 : options.port(),
            options.limits(),
            content.endpoints(),
            hosts(options),
            options.openRead() || local,
            tokens,
            WebFiles.load(),
            content::revision);
    try {
      int port = listen(vertx, shared, options);
      content.start();
      vertx.setPeriodic(HEARTBEAT_MILLIS, id -> content.heartbeat());
      String host = options.host().indexOf(':') >= 0 ? "[" + options.host() + "]" : options.host();
      return new Dashboard(vertx, shared, content, URI.create("http://" + host + ":" + port + "/"));
    } catch (IOException e) {
      stop(vertx, shared);
      content.close();
      throw e;
    }
  }

  static void readable(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      throw Files.exists(results)
          ? new NotDirectoryException(results.toString())
          : new NoSuchFileException(results.toString());
    }
    if (!Files.isReadable(results)) {
      throw new AccessDeniedException(results.toString());
    }
  }

  private static int listen(Vertx vertx, ApiServer.Shared shared, DashboardOptions options)
      throws IOException {
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
      return loops.getFirst().port();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw bindFailure(options, cause == null ? e : cause);
    } catch (TimeoutException | InterruptedException e) {
      throw new IOException("the server did not start within " + START_SECONDS + " s", e);
    }
  }

  /** Where the page is. */
  public URI address() {
    return address;
  }

  /** What it serves, for tests and measurements. */
  Content content() {
    return content;
  }

  @Override
  public void close() {
    stop(vertx, shared);
    content.close();
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
