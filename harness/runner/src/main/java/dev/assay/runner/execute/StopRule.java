package dev.assay.runner.execute;

import dev.assay.runner.execute.TrainingProgress.StopReason;
import dev.assay.runner.experiment.Budget;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When a budget is spent.
 *
 * @param trainSize examples in one epoch
 */
record StopRule(Budget budget, long trainSize) {
  private static final double NANOS = 1e9;

  /** The limit that is reached, or {@link StopReason#NONE}. */
  StopReason reached(TrainingProgress progress) {
    if (progress.stop() != StopReason.NONE) {
      return progress.stop();
    }
    if (budget.steps().isPresent() && progress.step() >= budget.steps().get()) {
      return StopReason.STEPS;
    }
    if (budget.epochs().isPresent()
        && progress.examples() >= budget.epochs().get() * (double) trainSize) {
      return StopReason.EPOCHS;
    }
    if (budget.examples().isPresent() && progress.examples() >= budget.examples().get()) {
      return StopReason.EXAMPLES;
    }
    if (budget.wall().isPresent() && progress.seconds() >= seconds(budget.wall().get())) {
      return StopReason.WALL;
    }
    if (budget.patience().isPresent() && progress.patience().waited() >= budget.patience().get()) {
      return StopReason.PATIENCE;
    }
    return StopReason.NONE;
  }

  /**
   * Which part of the budget is spent, by the limit that is nearest; empty before the first update.
   */
  OptionalDouble spent(TrainingProgress progress) {
    if (progress.step() == 0) {
      return OptionalDouble.empty();
    }
    double part = 0;
    if (budget.steps().isPresent()) {
      part = Math.max(part, progress.step() / (double) budget.steps().get());
    }
    if (budget.epochs().isPresent()) {
      part = Math.max(part, progress.examples() / (budget.epochs().get() * (double) trainSize));
    }
    if (budget.examples().isPresent()) {
      part = Math.max(part, progress.examples() / (double) budget.examples().get());
    }
    if (budget.wall().isPresent()) {
      part = Math.max(part, progress.seconds() / seconds(budget.wall().get()));
    }
    return OptionalDouble.of(Math.min(1, part));
  }

  /** Updates in all, extrapolated from the part of the budget that is spent. */
  OptionalDouble steps(TrainingProgress progress) {
    if (budget.steps().isPresent() && budget.wall().isEmpty()) {
      return OptionalDouble.of(budget.steps().get());
    }
    OptionalDouble spent = spent(progress);
    return spent.isPresent() && spent.getAsDouble() > 0
        ? OptionalDouble.of(Math.ceil(progress.step() / spent.getAsDouble() - 1e-9))
        : OptionalDouble.empty();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
