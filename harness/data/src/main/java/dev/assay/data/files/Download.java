package dev.assay.data.files;

import dev.assay.data.Sha256;
import dev.assay.spi.DatasetCard.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files by HTTP. A transfer ends with an error if no byte comes for a while, and at the
 * first byte more than expected.
 */
final class Download {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Duration stall;

  /**
   * @param stall longest wait for the next byte
   */
  Download(Duration stall) {
    this.stall = stall;
  }

  /**
   * Writes the body of the address to a channel.
   *
   * @param progress is told the bytes so far
   * @throws IOException if it cannot be reached, answers with another status than 200, or its bytes
   *     are not the expected ones
   */
  void fetch(String url, Source expected, FileChannel out, LongConsumer progress)
      throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build()) {
      HttpRequest request = request(url);
      Body body = new Body(expected.bytes(), out, progress);
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(
              request,
              head -> head.statusCode() == 200 ? body : HttpResponse.BodySubscribers.replacing(""));
      try {
        int status = await(answer, body).statusCode();
        if (status != 200) {
          throw new IOException("HTTP status " + status);
        }
      } finally {
        client.shutdownNow();
      }
      body.check(expected);
    }
  }

  private HttpRequest request(String url) throws IOException {
    try {
      // This limit ends with the head of the answer.
      return HttpRequest.newBuilder(URI.create(url)).timeout(stall.plus(CONNECT)).GET().build();
    } catch (IllegalArgumentException e) {
      throw new IOException("malformed address: " + e.getMessage(), e);
    }
  }

  private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer, Body body)
      throws IOException {
    while (true) {
      try {
        return answer.get(stall.toMillis() / 4, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (body.isStalled(stall)) {
          throw new IOException(
              "no byte for " + stall.toSeconds() + " s, after " + body.count + " bytes", e);
        }
      } catch (ExecutionException e) {
        throw new IOException(describe(e.getCause()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  private static String describe(@Nullable Throwable cause) {
    if (cause instanceof ConnectException) {
      return "cannot connect; is there a network, and is the address right?";
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : String.valueOf(cause);
  }

  /** Passes bytes on to the file and the digest. */
  private static final class Body implements HttpResponse.BodySubscriber<String> {
    private final long limit;
    private final FileChannel out;
    private final LongConsumer progress;
    private final MessageDigest digest = Sha256.digest();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile long count;
    private volatile boolean started;
    private volatile long lastSign;

    Body(long limit, FileChannel out, LongConsumer progress) {
      this.limit = limit;
      this.out = out;
      this.progress = progress;
    }

    @Override
    public CompletionStage<String> getBody() {
      return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      lastSign = System.nanoTime();
      started = true;
      given.request(1);
    }

    boolean isStalled(Duration limit) {
      return started && System.nanoTime() - lastSign > limit.toNanos();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer buffer : buffers) {
          write(buffer);
        }
        lastSign = System.nanoTime();
        progress.accept(count);
        subscription.join().request(1);
      } catch (IOException | UncheckedIOException e) {
        subscription.join().cancel();
        end.completeExceptionally(e);
      }
    }

    private void write(ByteBuffer buffer) throws IOException {
      long sum = count + buffer.remaining();
      if (sum > limit) {
        throw new IOException("more than the expected " + limit + " bytes");
      }
      digest.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      count = sum;
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete("");
    }

    void check(Source expected) throws IOException {
      if (count != limit) {
        throw new IOException(
            String.format(Locale.ROOT, "%d bytes, but %d are expected", count, limit));
      }
      String hash = Sha256.hex(digest);
      if (!hash.equals(expected.sha256())) {
        throw new IOException(
            "its SHA-256 is " + hash + ", but " + expected.sha256() + " is expected");
      }
    }
  }
}
