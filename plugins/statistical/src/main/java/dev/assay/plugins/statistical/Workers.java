package dev.assay.plugins.statistical;

import dev.assay.tensor.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one model. Tasks are numbered and write only what is theirs, so that a result never
 * depends on how many threads there are or which of them runs what.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private @Nullable ExecutorService helpers;

  /**
   * @param threads at least 1, the caller's own among them
   */
  public Workers(int threads) {
    this.threads = threads;
  }

  /** As many threads as the backend has, by its fact {@code threads}. */
  public static Workers of(Backend backend) {
    String threads = backend.facts().getOrDefault("threads", "1");
    return new Workers(Math.max(1, Integer.parseInt(threads)));
  }

  /**
   * Runs {@code task} with 0 … {@code count} − 1, each once, and returns when all are done.
   *
   * @throws IllegalStateException if a task fails on another thread, with its failure as the cause
   */
  public void forEach(int count, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            task.accept(i);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, count); i++) {
      others.add(helpers().submit(loop));
    }
    try {
      loop.run();
    } finally {
      next.set(count);
      others.forEach(Workers::await);
    }
  }

  private ExecutorService helpers() {
    if (helpers == null) {
      helpers =
          Executors.newFixedThreadPool(
              threads - 1, Thread.ofPlatform().daemon().name("statistical-", 0).factory());
    }
    return helpers;
  }

  private static void await(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      } catch (ExecutionException failure) {
        throw new IllegalStateException("a parallel task failed", failure.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.close();
      helpers = null;
    }
  }
}
