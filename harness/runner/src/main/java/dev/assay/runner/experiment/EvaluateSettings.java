package dev.assay.runner.experiment;

import dev.assay.spi.Param;
import java.util.Optional;

/** Scoring of validation examples while training: the key {@code evaluate}. */
public record EvaluateSettings(
    @Param(
            doc =
                "Steps or epochs between evaluations; only at the end unless given or patience asks"
                    + " for every epoch.",
            value = "")
        Optional<Every.Counted> every,
    @Param(
            doc = "Validation examples scored each time, at most.",
            value = "1000",
            min = 1,
            max = 1e9)
        int examples,
    @Param(
            doc =
                "Validation score, the mean of −ln p in nats, whose first reaching is reported as"
                    + " time_to_quality.",
            value = "")
        Optional<Double> target) {
  /** Without a target. */
  public EvaluateSettings(Optional<Every.Counted> every, int examples) {
    this(every, examples, Optional.empty());
  }
}
