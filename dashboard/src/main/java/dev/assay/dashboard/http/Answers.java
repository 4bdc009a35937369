package dev.assay.dashboard.http;

import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.problem.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that were computed and still hold, within a bound of memory, and the threads that compute
 * those that are missing. Equal requests that come meanwhile wait for the same answer.
 */
final class Answers implements AutoCloseable {
  private static final long MEMORY = 96L << 20;

  /** Answers computed at once; more would only fight for the processors. */
  private static final int AT_ONCE = 8;

  /** Requests that may wait for that; the rest are told to come again. */
  private static final int WAITING = 2_000;

  private final LongSupplier revision;
  private final Map<String, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, CompletableFuture<Reply>> underWay = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private long bytes;

  private record Kept(Reply reply, long revision, long until) {}

  /**
   * @param revision of the index: an answer does not outlive it
   */
  Answers(LongSupplier revision) {
    this.revision = revision;
  }

  /** An answer that is there already. */
  synchronized Optional<Reply> ready(String key) {
    Kept found = kept.get(key);
    if (found == null) {
      return Optional.empty();
    }
    if (found.revision() != revision.getAsLong() || found.until() - System.nanoTime() < 0) {
      kept.remove(key);
      bytes -= found.reply().bytes();
      return Optional.empty();
    }
    return Optional.of(found.reply());
  }

  /** Computes an answer, unless that is under way. */
  synchronized CompletableFuture<Reply> compute(String key, Supplier<Answer> answer) {
    CompletableFuture<Reply> other = underWay.get(key);
    if (other != null) {
      return other;
    }
    if (underWay.size() >= WAITING) {
      return CompletableFuture.failedFuture(
          Problem.of(503, "busy", "Busy", "too many requests wait for an answer; try again later")
              .refuse());
    }
    CompletableFuture<Reply> result = new CompletableFuture<>();
    underWay.put(key, result);
    threads.execute(() -> run(key, answer, result));
    return result;
  }

  private void run(String key, Supplier<Answer> answer, CompletableFuture<Reply> result) {
    permits.acquireUninterruptibly();
    try {
      long before = revision.getAsLong();
      Answer computed = answer.get();
      keep(key, new Kept(computed.reply(), before, System.nanoTime() + computed.valid().toNanos()));
      result.complete(computed.reply());
    } catch (Throwable e) { // errors such as OutOfMemoryError must reach the client too
      result.completeExceptionally(e);
    } finally {
      permits.release();
      synchronized (this) {
        underWay.remove(key);
      }
    }
  }

  private synchronized void keep(String key, Kept fresh) {
    Kept old = kept.put(key, fresh);
    bytes += fresh.reply().bytes() - (old == null ? 0 : old.reply().bytes());
    var eldest = kept.entrySet().iterator();
    while (bytes > MEMORY && eldest.hasNext()) {
      bytes -= eldest.next().getValue().reply().bytes();
      eldest.remove();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
