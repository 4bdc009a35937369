package dev.assay.plugins.onnx;

import ai.onnxruntime.OrtException;
import java.util.concurrent.FutureTask;

/**
 * A thread with room for ONNX Runtime, which takes more stack than the megabyte that Java gives a
 * thread, and where there is none takes the whole program down.
 */
final class RoomyThread {
  private static final long STACK = 64L << 20;

  private RoomyThread() {}

  /** Something that ONNX Runtime does. */
  interface Call<T> {
    T call() throws OrtException;
  }

  /** Does it on such a thread, to its end. */
  static <T> T call(Call<T> task) throws OrtException {
    FutureTask<T> future = new FutureTask<>(task::call);
    Thread thread = new Thread(null, future, "onnx", STACK);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (future.state() == FutureTask.State.SUCCESS) {
      return future.resultNow();
    }
    switch (future.exceptionNow()) {
      case OrtException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
