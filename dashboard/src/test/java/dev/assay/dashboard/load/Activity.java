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

/** Runs in progress that move every few hundred milliseconds, and now and then one that ends. */
final class Activity implements AutoCloseable {
  private static final int RUNNING = 5;
  private static final int TURNS_TO_AN_END = 20;
  private static final long TURN_MILLIS = 250;

  private final Path store;
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
      for (int turn = 1; !Thread.interrupted(); turn++) {
        for (RunFolder run : running) {
          String line = "%d,%d,%s,train.loss,%s%n".formatted(turn, turn * 64, turn, 100.0 / turn);
          Files.writeString(run.curves(), line, StandardOpenOption.APPEND);
        }
        if (turn % TURNS_TO_AN_END == 0) {
          Folders.write(store, Folders.record("activity", "gmm", "live", turn, 5));
        }
        Thread.sleep(TURN_MILLIS);
      }
    } catch (InterruptedException e) {
      return; // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
