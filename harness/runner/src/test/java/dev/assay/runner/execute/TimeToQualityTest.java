package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.runner.execute.Curves.Point;
import dev.assay.store.MetricRow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeToQualityTest {
  private static final List<Point> CURVE =
      List.of(
          new Point(10, 100, 1.5, "valid.exact", 5),
          new Point(10, 100, 1.5, "energy.joules", 30),
          new Point(20, 200, 3, "valid.exact", 3),
          new Point(20, 200, 3, "train.loss", 1),
          new Point(20, 200, 3, "energy.joules", 70),
          new Point(30, 300, 4.5, "valid.exact", 4));

  @Test
  void theFirstEvaluationAtOrBelowTheTargetCounts() {
    Rows rows = new Rows("threads:2|jobs:1");
    assertThat(TimeToQuality.addTo(rows, CURVE, "exact", 3)).isTrue();
    assertThat(rows.all())
        .extracting(row -> row.metric() + " " + row.value() + " " + row.unit())
        .containsExactly(
            "time_to_quality 3.0 s", "steps_to_quality 20.0 1", "energy_to_quality 70.0 J");
    assertThat(rows.all())
        .extracting(MetricRow::signature)
        .containsOnly("target:3.0|method:exact|threads:2|jobs:1");
  }

  @Test
  void whatIsNeverReachedGivesNoNumber() {
    Rows rows = new Rows("threads:2|jobs:1");
    assertThat(TimeToQuality.addTo(rows, CURVE, "exact", 2.9)).isFalse();
    assertThat(TimeToQuality.addTo(rows, CURVE, "iwae", 9)).isFalse();
    assertThat(rows.all()).isEmpty();
  }
}
