package dev.assay.runner.execute;

import dev.assay.spi.StepReport;

/** How far a training is. Confined to the thread that trains. */
final class TrainingProgress {
  private long step;
  private long examples;
  private long resumed;
  private double seconds;
  private double flops;
  private double lastLoss = Double.NaN;
  private double medianStep = Double.NaN;
  private StopReason stop = StopReason.NONE;
  private Patience patience = Patience.START;
  private final Averages averages = new Averages();

  /** Why training ended. Order is part of the checkpoint format. */
  enum StopReason {
    NONE,
    /** Further updates would change nothing. */
    FINISHED,
    STEPS,
    EPOCHS,
    EXAMPLES,
    WALL,
    PATIENCE
  }

  /**
   * The best validation score so far, and evaluations since.
   *
   * @param waited evaluations in a row without a better score
   */
  record Patience(Best best, long waited) {
    static final Patience START = new Patience(new Best(0, Double.POSITIVE_INFINITY), 0);

    /**
     * @param score mean −ln p, in nats
     */
    record Best(long step, double score) {}

    Patience after(long step, double score) {
      return score < best.score
          ? new Patience(new Best(step, score), 0)
          : new Patience(best, waited + 1);
    }
  }

  void add(StepReport report, double secondsSpent, double operations) {
    step++;
    flops += operations;
    examples += report.examples();
    seconds += secondsSpent;
    lastLoss = report.loss();
    averages.add(report);
  }

  void restore(long[] counts, double[] numbers) {
    step = counts[0];
    examples = counts[1];
    resumed = counts[2] + 1;
    stop = StopReason.values()[(int) counts[3]];
    patience = new Patience(new Patience.Best(counts[4], numbers[2]), counts[5]);
    seconds = numbers[0];
    lastLoss = numbers[1];
    medianStep = numbers[3];
    flops = numbers[4];
  }

  void evaluated(double score) {
    patience = patience.after(step, score);
  }

  void stop(StopReason reason) {
    stop = reason;
  }

  long step() {
    return step;
  }

  long examples() {
    return examples;
  }

  long resumed() {
    return resumed;
  }

  double seconds() {
    return seconds;
  }

  /** Floating-point operations of all updates. */
  double flops() {
    return flops;
  }

  double lastLoss() {
    return lastLoss;
  }

  /** Median seconds of an update, warm-up left out; NaN if not known. */
  double medianStep() {
    return medianStep;
  }

  void medianStep(double median) {
    medianStep = median;
  }

  StopReason stop() {
    return stop;
  }

  Patience patience() {
    return patience;
  }

  Averages averages() {
    return averages;
  }
}
