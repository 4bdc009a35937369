package dev.assay.dashboard.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that keep a server waiting: an idle timeout alone would let a client hold one
 * for ever by sending a byte of a header now and then.
 */
final class Connections {
  /** Marks a connection with a request under way. */
  private static final long BUSY = Long.MAX_VALUE;

  private final Limits limits;

  /** By connection: when it must have sent a whole request head, as {@link System#nanoTime}. */
  private final Map<HttpConnection, Long> deadlines = new ConcurrentHashMap<>();

  Connections(Limits limits) {
    this.limits = limits;
  }

  void opened(HttpConnection connection) {
    if (deadlines.size() >= limits.connections()) {
      connection.close();
      return;
    }
    deadlines.put(connection, in(limits.firstRequest()));
    connection.closeHandler(nothing -> deadlines.remove(connection));
  }

  void started(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    deadlines.replace(connection, BUSY);
    request.response().endHandler(nothing -> deadlines.replace(connection, in(limits.idle())));
  }

  /** Closes those whose time is over. */
  void sweep() {
    long now = System.nanoTime();
    deadlines.forEach((connection, deadline) -> {
      if (deadline != BUSY && deadline - now < 0) {
        connection.close();
      }
    });
  }

  private static long in(Duration time) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(time.toMillis());
  }
}
