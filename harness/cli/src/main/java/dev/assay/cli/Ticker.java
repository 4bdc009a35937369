package dev.assay.cli;

import java.time.Duration;

/** Does something again and again, in a thread of its own, until it is closed. */
final class Ticker implements AutoCloseable {
  private final Thread thread;

  private Ticker(Thread thread) {
    this.thread = thread;
  }

  /**
   * @param what is thread-safe
   */
  static Ticker every(Duration interval, Runnable what) {
    return new Ticker(
        Thread.ofVirtual()
            .name("progress")
            .start(() -> {
              try {
                while (true) {
                  Thread.sleep(interval);
                  what.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
