package dev.assay.dashboard.http;

import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.problem.RefusedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Writes answers, with the headers that all of them have. */
public final class Sender {
  /** No inline script or style, nothing from elsewhere, no frames. */
  public static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final System.Logger LOG = System.getLogger(Sender.class.getName());

  private Sender() {}

  /** What every response says, errors included. */
  public static void common(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }

  /** Sends an answer: its body, compressed if the client can, or 304 if the client has it. */
  public static void send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .putHeader("ETag", reply.etag())
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Vary", "Accept-Encoding, Authorization");
    reply.headers().forEach(response::putHeader);
    if (reply.status() == 200 && holds(request.getHeader("If-None-Match"), reply.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    boolean gzip = reply.packed() && accepts(request.getHeader("Accept-Encoding"));
    boolean asItIs = gzip || !reply.packed();
    Buffer body = asItIs ? reply.content() : Buffer.buffer(reply.body());
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response
        .setStatusCode(reply.status())
        .putHeader("Content-Type", withCharset(reply.mediaType()))
        .putHeader("Content-Length", String.valueOf(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  /** Says what is wrong. */
  public static void send(HttpServerRequest request, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof RefusedException refused) {
      send(request, refused.problem());
      return;
    }
    LOG.log(System.Logger.Level.ERROR, request.method() + " " + request.path(), cause);
    send(
        request,
        Problem.of(
            500, "internal", "Internal error", "the server made a mistake; its log says more"));
  }

  /** Says what is wrong; closes the connection where a body may still be on its way. */
  public static void send(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    byte[] body = Json.bytes(problem);
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Length", String.valueOf(body.length));
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"assay\"");
    }
    boolean unread = !request.isEnded();
    if (unread) {
      response.putHeader("Connection", "close");
    }
    var sent =
        request.method().equals(HttpMethod.HEAD)
            ? response.end()
            : response.end(Buffer.buffer(body));
    if (unread) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  private static boolean holds(@Nullable String ifNoneMatch, String etag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  private static boolean accepts(@Nullable String acceptEncoding) {
    return acceptEncoding != null
        && Arrays.stream(acceptEncoding.split(","))
            .map(String::strip)
            .anyMatch(coding ->
                (coding.startsWith("gzip") || coding.startsWith("*"))
                    && !coding.replace(" ", "").matches(".*;q=0(\\.0*)?"));
  }

  private static String withCharset(String mediaType) {
    return mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType;
  }
}
