package dev.assay.runner.execute;

import java.util.OptionalDouble;

/**
 * How a training stands, for those who watch.
 *
 * @param steps updates in all, as far as it can be foreseen
 * @param epoch passes over the training examples
 * @param loss mean since the view before
 * @param rate examples a second since the view before
 * @param secondsLeft of training, extrapolated
 */
public record TrainingView(
    long step,
    OptionalDouble steps,
    double epoch,
    double loss,
    double rate,
    OptionalDouble secondsLeft) {}
