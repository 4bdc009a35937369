package dev.assay.dashboard.upload;

import static dev.assay.dashboard.upload.Rejections.rejected;
import static dev.assay.dashboard.upload.Rejections.tooLarge;

import dev.assay.dashboard.http.Identity;
import dev.assay.dashboard.http.Json;
import dev.assay.dashboard.http.Limits;
import dev.assay.dashboard.http.Query;
import dev.assay.dashboard.http.RateLimit;
import dev.assay.dashboard.http.Reply;
import dev.assay.dashboard.http.Sender;
import dev.assay.dashboard.problem.Problem;
import dev.assay.dashboard.upload.Intake.Packing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receives uploads, streamed into quarantine. */
public final class Receiver {
  private static final int AT_ONCE = 8;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final Pattern DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/=]{44}):");
  private static final System.Logger LOG = System.getLogger(Receiver.class.getName());

  private final Intake intake;
  private final Limits limits;
  private final RateLimit rate;
  private final Added added;
  private final AtomicInteger open = new AtomicInteger();

  /** Is told of each run that was added. */
  @FunctionalInterface
  public interface Added {
    void look(String folder) throws IOException;
  }

  public Receiver(Intake intake, Limits limits, Added added) {
    this.intake = intake;
    this.limits = limits;
    this.rate =
        new RateLimit(
            limits.uploadsPerMinute() / SECONDS_PER_MINUTE,
            limits.uploadsPerMinute(),
            System::nanoTime);
    this.added = added;
  }

  public void receive(RoutingContext context, Query query, Identity identity) {
    HttpServerRequest request = context.request();
    request.pause();
    Packing packing = packing(request);
    checkLength(request);
    int wait = rate.take(identity.name());
    if (wait > 0) {
      request.response().putHeader("Retry-After", String.valueOf(wait));
      throw Problem.of(
              429,
              "too-many-uploads",
              "Too many uploads",
              "this token may send "
                  + limits.uploadsPerMinute()
                  + " runs a minute; come again in "
                  + wait
                  + " s")
          .refuse();
    }
    if (open.incrementAndGet() > AT_ONCE) {
      open.decrementAndGet();
      throw Problem.of(503, "busy", "Busy", AT_ONCE + " uploads are under way; try again").refuse();
    }
    Vertx vertx = context.vertx();
    vertx
        .executeBlocking(intake::open, false)
        .compose(own ->
            body(vertx, request, own.resolve("body"))
                .compose(
                    file -> vertx.executeBlocking(() -> take(request, own, file, packing), false))
                .eventually(() -> vertx.executeBlocking(() -> discard(own), false)))
        .eventually(() -> {
          open.decrementAndGet();
          return Future.succeededFuture();
        })
        .onSuccess(taken -> reply(request, taken))
        .onFailure(thrown -> Sender.send(request, thrown));
  }

  private static Packing packing(HttpServerRequest request) {
    if (request.getHeader("Content-Encoding") != null) {
      throw unsupported("a Content-Encoding is not supported: the archive is packed already");
    }
    String type = request.getHeader("Content-Type");
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (plain) {
      case "application/zip" -> Packing.ZIP;
      case "application/gzip", "application/x-gzip", "application/x-tar+gzip" -> Packing.TAR_GZ;
      default ->
          throw unsupported(
              "Content-Type is '"
                  + plain.substring(0, Math.min(80, plain.length()))
                  + "'; send application/zip or application/gzip");
    };
  }

  private static RuntimeException unsupported(String detail) {
    return Problem.of(415, "unsupported-media-type", "Unsupported media type", detail).refuse();
  }

  private void checkLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null
        && (!length.matches("\\d{1,18}") || Long.parseLong(length) > limits.uploadBytes())) {
      throw tooLarge("the body has " + length + " bytes; it may have " + limits.uploadBytes());
    }
  }

  /** The body in a file, unless it is too long, takes too long or ends too early. */
  private Future<Path> body(Vertx vertx, HttpServerRequest request, Path file) {
    OpenOptions options = new OpenOptions().setCreateNew(true).setWrite(true).setRead(false);
    return vertx
        .fileSystem()
        .open(file.toString(), options)
        .compose(out -> {
          Promise<Path> done = Promise.promise();
          long timer = vertx.setTimer(limits.upload().toMillis(), id -> done.tryFail(tooSlow()));
          pump(request, out, done, file);
          return done.future()
              .eventually(() -> {
                vertx.cancelTimer(timer);
                return out.close();
              });
        });
  }

  private RuntimeException tooSlow() {
    return Problem.of(
            408,
            "too-slow",
            "Too slow",
            "the body was not there within " + limits.upload().toSeconds() + " s")
        .refuse();
  }

  private void pump(HttpServerRequest request, AsyncFile out, Promise<Path> done, Path file) {
    long[] received = {0};
    request.exceptionHandler(e -> done.tryFail(rejected("the body ended too early")));
    out.exceptionHandler(done::tryFail);
    request.handler(buffer -> {
      if (done.future().isComplete()) {
        return; // given up; the file is closed
      }
      received[0] += buffer.length();
      if (received[0] > limits.uploadBytes()) {
        request.pause();
        done.tryFail(tooLarge("the body has more than " + limits.uploadBytes() + " bytes"));
        return;
      }
      out.write(buffer).onFailure(done::tryFail);
      if (out.writeQueueFull()) {
        request.pause();
        out.drainHandler(x -> request.resume());
      }
    });
    request.endHandler(
        x -> out.flush().onSuccess(y -> done.tryComplete(file)).onFailure(done::tryFail));
    request.resume();
  }

  private Intake.Taken take(HttpServerRequest request, Path own, Path file, Packing packing)
      throws IOException {
    String digest = request.getHeader("Content-Digest");
    if (digest != null) {
      Matcher sha = DIGEST.matcher(digest);
      if (!sha.find() || !sha.group(1).equals(sha256(file))) {
        throw rejected("the body is not what Content-Digest says");
      }
    }
    Intake.Taken taken = intake.take(own, file, packing);
    added.look(taken.folder());
    return taken;
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Object discard(Path own) {
    try {
      intake.discard(own);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR, own + " stays in quarantine; the next start removes it", e);
    }
    return own;
  }

  private static void reply(HttpServerRequest request, Intake.Taken taken) {
    boolean added = taken.uploaded().added();
    Map<String, String> headers =
        added ? Map.of("Location", "/api/v1/runs/" + taken.uploaded().id()) : Map.of();
    Sender.send(
        request,
        Reply.of(added ? 201 : 200, "application/json", Json.bytes(taken.uploaded()), headers));
  }
}
