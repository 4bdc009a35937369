package dev.assay.dashboard.http;

import dev.assay.dashboard.http.Endpoint.Computed;
import dev.assay.dashboard.http.Endpoint.Direct;
import dev.assay.dashboard.problem.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the server. All instances listen on the same port and share answers and
 * limits.
 */
public final class ApiServer extends VerticleBase {
  private static final String API = "/api/";
  private static final long SWEEP_MILLIS = 500;

  private final Shared shared;
  private final Connections connections;
  private @Nullable HttpServer server;

  public ApiServer(Shared shared) {
    this.shared = shared;
    this.connections = new Connections(shared.limits());
  }

  /** What all event loops have in common. */
  public static final class Shared {
    private final String host;
    private final int port;
    private final Limits limits;
    private final List<Endpoint> endpoints;
    private final Guard guard;
    private final RateLimit addresses;
    private final WebFiles web;
    private final Answers answers;

    /**
     * @param port negative for any that is free, the same for all instances
     * @param hosts names the server goes by beside those of the machine itself
     * @param openRead whether reading needs no token
     * @param revision of the index, which ends what was answered before
     */
    public Shared(
        String host,
        int port,
        Limits limits,
        List<Endpoint> endpoints,
        Set<String> hosts,
        boolean openRead,
        TokenCheck tokens,
        WebFiles web,
        LongSupplier revision) {
      this.host = host;
      this.port = port;
      this.limits = limits;
      this.endpoints = List.copyOf(endpoints);
      this.guard = new Guard(hosts, openRead, tokens);
      this.addresses =
          new RateLimit(limits.addressRate(), 2.0 * limits.addressRate(), System::nanoTime);
      this.web = web;
      this.answers = new Answers(revision);
    }

    Limits limits() {
      return limits;
    }

    /** Stops what computes answers. */
    public void close() {
      answers.close();
    }
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(shared.limits.initialLine())
            .setMaxHeaderSize(shared.limits.headers())
            .setHandle100ContinueAutomatically(true)
            .setDecompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setTcpNoDelay(true)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    Router router = router(vertx);
    HttpServer created =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(request -> {
              connections.started(request);
              router.handle(request);
            });
    server = created;
    vertx.setPeriodic(SWEEP_MILLIS, id -> connections.sweep());
    return created.listen(shared.port, shared.host);
  }

  /** The port it listens on. */
  public int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return listening.actualPort();
  }

  /** The routes, the guard before all of them. */
  public Router router(Vertx owner) {
    Router router = Router.router(owner);
    router.route().order(-1).handler(this::enter);
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    for (Endpoint endpoint : shared.endpoints) {
      String path = endpoint.path().replaceAll("\\{(\\w+)}", ":$1");
      route(router, endpoint, endpoint.method(), path);
      methods.computeIfAbsent(path, p -> new TreeSet<>()).add(endpoint.method().name());
      if (endpoint.handling() instanceof Computed && endpoint.method().equals(HttpMethod.GET)) {
        route(router, endpoint, HttpMethod.HEAD, path);
        methods.get(path).add("HEAD");
      }
    }
    methods.forEach((path, allowed) ->
        router
            .route(path)
            .order(1_000)
            .handler(context -> notAllowed(context, String.join(", ", allowed))));
    router.route().last().handler(this::otherwise);
    router
        .route()
        .failureHandler(context -> {
          Throwable failure = context.failure();
          Sender.send(
              context.request(),
              failure == null
                  ? Problem.of(
                          context.statusCode(),
                          "bad-request",
                          "Bad request",
                          "the request cannot be understood")
                      .refuse()
                  : failure);
        });
    return router;
  }

  private void route(Router router, Endpoint endpoint, HttpMethod method, String path) {
    Route route = router.route(method, path);
    route.setName(endpoint.id());
    route.handler(context -> serve(context, endpoint));
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    Sender.common(request.response());
    var wrongHost = shared.guard.host(request);
    if (wrongHost.isPresent()) {
      throw wrongHost.get().refuse();
    }
    int seconds = shared.addresses.take(String.valueOf(request.remoteAddress().hostAddress()));
    if (seconds > 0) {
      request.response().putHeader("Retry-After", String.valueOf(seconds));
      throw Problem.of(
              429,
              "too-many-requests",
              "Too many requests",
              "more than "
                  + shared.limits.addressRate()
                  + " requests a second came from this address; come again in "
                  + seconds
                  + " s")
          .refuse();
    }
    context.next();
  }

  private void serve(RoutingContext context, Endpoint endpoint) {
    HttpServerRequest request = context.request();
    Identity identity = shared.guard.admit(request, endpoint.access());
    Query query = query(context);
    query.only(endpoint.parameters());
    switch (endpoint.handling()) {
      case Direct direct -> {
        limitTime(request, direct.longest());
        direct.exchange().handle(context, query, identity);
      }
      case Computed computed -> {
        limitTime(request, shared.limits.request());
        String key = endpoint.id() + " " + query.key();
        var ready = shared.answers.ready(key);
        if (ready.isPresent()) {
          Sender.send(request, ready.get());
          return;
        }
        Context loop = vertx.getOrCreateContext();
        var unused =
            shared
                .answers
                .compute(key, computed, query)
                .whenComplete((reply, thrown) ->
                    loop.runOnContext(nothing -> {
                      if (thrown == null) {
                        Sender.send(request, reply);
                      } else {
                        Sender.send(request, thrown);
                      }
                    }));
      }
    }
  }

  /** After this time the client gets what there is: an error, or the end of the connection. */
  private void limitTime(HttpServerRequest request, Duration longest) {
    if (longest.isZero()) {
      return;
    }
    long timer =
        vertx.setTimer(
            longest.toMillis(),
            id -> {
              if (request.response().headWritten()) {
                request.connection().close();
              } else {
                Sender.send(
                    request,
                    Problem.of(
                        408,
                        "too-slow",
                        "Too slow",
                        "not done within " + longest.toSeconds() + " s"));
              }
            });
    request.response().exceptionHandler(e -> vertx.cancelTimer(timer));
    request.response().closeHandler(nothing -> vertx.cancelTimer(timer));
    request.response().bodyEndHandler(nothing -> vertx.cancelTimer(timer));
  }

  private static Query query(RoutingContext context) {
    TreeMap<String, List<String>> query = new TreeMap<>();
    context
        .queryParams()
        .forEach(entry ->
            query.computeIfAbsent(entry.getKey(), k -> new ArrayList<>()).add(entry.getValue()));
    return new Query(new TreeMap<>(context.pathParams()), query);
  }

  private void notAllowed(RoutingContext context, String allowed) {
    context.response().putHeader("Allow", allowed);
    throw Problem.of(
            405,
            "method-not-allowed",
            "Method not allowed",
            "here is no " + context.request().method() + "; there is " + allowed)
        .refuse();
  }

  /** Files of the page; everything else is not here. */
  private void otherwise(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    var file = path.startsWith(API) ? Optional.<Reply>empty() : shared.web.at(path);
    if (file.isEmpty()) {
      throw Problem.notFound("there is nothing at this address").refuse();
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      notAllowed(context, "GET, HEAD");
    }
    limitTime(request, shared.limits.request());
    Sender.send(request, file.get());
  }
}
