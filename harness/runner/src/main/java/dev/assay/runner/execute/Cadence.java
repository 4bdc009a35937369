package dev.assay.runner.execute;

import dev.assay.runner.experiment.Every;

/** Tells after which updates something that happens at intervals is due. */
final class Cadence {
  private final Every every;
  private final long trainSize;
  private long examples;
  private long nanos;

  /**
   * @param examples seen so far
   * @param trainSize examples in one epoch
   * @param nanos of {@link System#nanoTime}
   */
  Cadence(Every every, long examples, long trainSize, long nanos) {
    this.every = every;
    this.trainSize = trainSize;
    this.examples = examples;
    this.nanos = nanos;
  }

  /** Whether it is due after this update; to be asked once after each. */
  boolean isDue(TrainingProgress progress, long now) {
    return switch (every) {
      case Every.Steps(long count) -> progress.step() % count == 0;
      case Every.Epochs(long count) -> {
        long period = count * trainSize;
        boolean crossed = progress.examples() / period > examples / period;
        examples = progress.examples();
        yield crossed;
      }
      case Every.Time(var duration) -> {
        boolean due = now - nanos >= duration.toNanos();
        if (due) {
          nanos = now;
        }
        yield due;
      }
    };
  }
}
