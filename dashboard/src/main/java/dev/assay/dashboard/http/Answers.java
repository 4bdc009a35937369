package dev.assay.dashboard.http;

import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.http.Endpoint.Computed;
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
  private final Map<Question, CompletableFuture<Reply>> underWay = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private long bytes;

  /**
   * @param revision of the index at which it held
   * @param version of what it was made from
   */
  private record Kept(Reply reply, long revision, long version, long until) {
    boolean isOver() {
      return until - System.nanoTime() < 0;
    }
  }

  /** An answer is waited for only by requests that came at the revision from which it is made. */
  private record Question(String key, long revision) {}

  /**
   * @param revision of the index: when it changes, an answer is made again unless its version is
   *     still the same
   */
  Answers(LongSupplier revision) {
    this.revision = revision;
  }

  /** An answer that is there already. */
  synchronized Optional<Reply> ready(String key) {
    Kept found = kept.get(key);
    return found == null || found.revision() != revision.getAsLong() || found.isOver()
        ? Optional.empty()
        : Optional.of(found.reply());
  }

  /** Computes an answer, unless that is under way. */
  synchronized CompletableFuture<Reply> compute(String key, Computed computed, Query query) {
    Question question = new Question(key, revision.getAsLong());
    CompletableFuture<Reply> other = underWay.get(question);
    if (other != null) {
      return other;
    }
    if (underWay.size() >= WAITING) {
      return CompletableFuture.failedFuture(
          Problem.of(503, "busy", "Busy", "too many requests wait for an answer; try again later")
              .refuse());
    }
    CompletableFuture<Reply> result = new CompletableFuture<>();
    underWay.put(question, result);
    threads.execute(() -> run(question, computed, query, result));
    return result;
  }

  private void run(
      Question question, Computed computed, Query query, CompletableFuture<Reply> result) {
    Reply reply;
    permits.acquireUninterruptibly();
    try {
      reply = answer(question, computed, query);
    } catch (Throwable e) { // errors such as OutOfMemoryError must reach the client too
      end(question);
      result.completeExceptionally(e);
      return;
    } finally {
      permits.release();
    }
    end(question); // first: whoever asks after the answer came must not be given it again unchecked
    result.complete(reply);
  }

  private Reply answer(Question question, Computed computed, Query query) {
    long version = computed.version().applyAsLong(query);
    Kept fresh =
        still(question.key(), version, question.revision())
            .orElseGet(() -> make(computed, query, version, question.revision()));
    keep(question.key(), fresh);
    return fresh.reply();
  }

  private synchronized void end(Question question) {
    underWay.remove(question);
  }

  private static Kept make(Computed computed, Query query, long version, long at) {
    Answer answer = computed.compute().apply(query);
    return new Kept(answer.reply(), at, version, System.nanoTime() + answer.valid().toNanos());
  }

  /** The answer that is there, if it was made from the same version. */
  private synchronized Optional<Kept> still(String key, long version, long at) {
    Kept old = kept.get(key);
    return old == null || version == Computed.UNKNOWN || old.version() != version || old.isOver()
        ? Optional.empty()
        : Optional.of(new Kept(old.reply(), at, version, old.until()));
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
