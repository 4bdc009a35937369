package dev.assay.dashboard.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One operation of the API: a method and a path, who may use it, and what answers.
 *
 * @param id the {@code operationId} of {@code openapi.yaml}
 * @param path with parameters as {@code {name}}
 * @param parameters those of the query that it knows
 */
public record Endpoint(
    String id,
    HttpMethod method,
    String path,
    Access access,
    List<String> parameters,
    Handling handling) {
  public Endpoint {
    parameters = List.copyOf(parameters);
  }

  /** How an operation comes by its answer. */
  public sealed interface Handling {}

  /**
   * Computes an answer on a thread that may block; equal requests share one.
   *
   * @param version changes with all that the answer depends on; {@link #UNKNOWN} where only the
   *     revision of the index tells
   */
  public record Computed(ToLongFunction<Query> version, Function<Query, Answer> compute)
      implements Handling {
    public static final long UNKNOWN = -1;
  }

  /**
   * Handles the request itself, on the event loop.
   *
   * @param longest from the request's headers to the end of the answer; zero for no limit
   */
  public record Direct(Duration longest, Exchange exchange) implements Handling {}

  /** Handles a request by itself. */
  @FunctionalInterface
  public interface Exchange {
    void handle(RoutingContext context, Query query, Identity identity);
  }

  /**
   * An answer and how long it holds.
   *
   * @param valid how long at most; it never outlives a change of the index
   */
  public record Answer(Reply reply, Duration valid) {
    private static final Duration LONG = Duration.ofDays(1);

    /** Holds until the index changes. */
    public static Answer lasting(Reply reply) {
      return new Answer(reply, LONG);
    }

    /** Of something that changes by itself, such as a run in progress. */
    public static Answer brief(Reply reply) {
      return new Answer(reply, Duration.ofSeconds(1));
    }
  }

  /** An operation that answers with JSON or the like, and may be cached. */
  public static Endpoint get(
      String id,
      String path,
      Access access,
      List<String> parameters,
      Function<Query, Answer> compute) {
    return get(id, path, access, parameters, query -> Computed.UNKNOWN, compute);
  }

  /** The same, of an answer whose version is cheaper to tell than the answer. */
  public static Endpoint get(
      String id,
      String path,
      Access access,
      List<String> parameters,
      ToLongFunction<Query> version,
      Function<Query, Answer> compute) {
    Computed computed = new Computed(version, compute);
    return new Endpoint(id, HttpMethod.GET, path, access, parameters, computed);
  }
}
