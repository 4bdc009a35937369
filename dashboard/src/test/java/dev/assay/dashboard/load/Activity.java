package dev.assay.dashboard.load;

import dev.assay.dashboard.Folders;
import dev.assay.store.RunFolder;
import dev.assay.store.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs in progress that move every few hundred milliseconds, and now and then one that ends. */
final class Activity implements AutoCloseable {
  private static final int RUNNING = 5;
  private static final int TURNS_TO_AN_END = 20;
  private static final long TURN_MILLIS = 250;

  private final Path store;

  /** A thread that is interrupted while it writes would end the process. */
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Thread thread;

  private Activity(Path store) {
    this.store = store;
    this.thread = Thread.ofPlatform().daemon().unstarted(this::run);
  }

  /** Starts in a store of its own of a results folder. */
  static Activity in(Path results) {
    Activity activity = new Activity(results.resolve("runs").resolve("activity"));
    activity.thread.start();
    return activity;
  }

  private void run() {
    try {
      List<RunFolder> running = new ArrayList<>();
      for (int i = 0; i < RUNNING; i++) {
        running.add(
            Folders.write(
                store, Folders.record("activity", "vae", "live", i, RunStatus.RUNNING, 0, "c0")));
      }
      for (int turn = 1; !closed.await(TURN_MILLIS, TimeUnit.MILLISECONDS); turn++) {
        for (RunFolder run : running) {
          String line = "%d,%d,%s,train.loss,%s%n".formatted(turn, turn * 64, turn, 100.0 / turn);
          Files.writeString(run.curves(), line, StandardOpenOption.APPEND);
        }
        if (turn % TURNS_TO_AN_END == 0) {
          Folders.write(store, Folders.record("activity", "gmm", "live", turn, 5));
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.join();
  }
}
