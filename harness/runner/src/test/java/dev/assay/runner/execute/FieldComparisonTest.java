package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.execute.FieldComparison.Field;
import dev.assay.runner.execute.FieldComparison.Line;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldComparisonTest {
  private final List<RunRecord> records = new ArrayList<>();

  private void runs(String model, String dataset, double... values) {
    for (int i = 0; i < values.length; i++) {
      run(model, dataset, i + 1, values[i]);
    }
  }

  private void run(String model, String dataset, int seed, double value) {
    boolean failed = Double.isNaN(value);
    records.add(
        new RunRecord(
            RunRecord.SCHEMA,
            model + dataset + seed,
            "t",
            "e",
            failed ? RunStatus.DIVERGED : RunStatus.DONE,
            "",
            new RunRecord.Subject(model, "f", dataset, "test", "cpu", "cpu", "fp32", seed, 1, ""),
            RunRecord.Progress.none(),
            failed
                ? List.of()
                : List.of(
                    new MetricRow(
                        "",
                        "nll",
                        "exact/mass",
                        "lower",
                        value,
                        value - 1.959963984540054,
                        value + 1.959963984540054,
                        9,
                        "nats",
                        "v1|data:" + dataset)),
            Map.of(),
            Map.of(),
            Map.of()));
  }

  @Test
  void scoresAreScaledOnEachBoardAndPooled() {
    runs("good", "a", 1, 1, 2, 2);
    runs("bad", "a", 5, 5, 4, 3);
    runs("good", "b", 100, 200);
    runs("bad", "b", 300, 100);
    Field field = FieldComparison.of(records).getFirst();
    assertThat(field.datasets()).containsExactly("a", "b");
    assertThat(field.lines()).extracting(Line::entrant).containsExactly("good, cpu", "bad, cpu");
    // good: 1, 1, .75, .75 and 1, .5: of six one is dropped at each end: (.75 + .75 + 1 + 1) / 4.
    assertThat(field.lines().getFirst().iqm()).isCloseTo(0.875, within(1e-12));
    // bad: 0, 0, .25, .5 and 0, 1: (0 + 0 + .25 + .5) / 4.
    assertThat(field.lines().getLast().iqm()).isCloseTo(0.1875, within(1e-12));
    // On a always; on b 100 < 300, 100 = 100, 200 < 300, 200 > 100: 2.5 of 4.
    assertThat(field.lines().getFirst().overNext()).isCloseTo((1 + 2.5 / 4) / 2, within(1e-12));
    assertThat(field.lines().getLast().overNext()).isNaN();
    // Above .5: 1, 1, .75, .75, 1 of six.
    assertThat(field.lines().getFirst().profile().get(2)).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(field.lines().getFirst().interval().holds(0.875)).isTrue();
  }

  @Test
  void aFailedSeedCountsAsTheWorstAndIsNeverDropped() {
    runs("solid", "a", 2, 2, 2, 2);
    runs("shaky", "a", 1, 1, Double.NaN, Double.NaN);
    Field field = FieldComparison.of(records).getFirst();
    Line shaky =
        field.lines().stream()
            .filter(l -> l.entrant().startsWith("shaky"))
            .findFirst()
            .orElseThrow();
    assertThat(shaky.runs()).isEqualTo(4);
    assertThat(shaky.failed()).isEqualTo(2);
    assertThat(shaky.iqm()).isCloseTo(0.5, within(1e-12));
    assertThat(shaky.profile().getFirst()).isEqualTo(0.5);
  }

  @Test
  void theVarianceIsThatOverSeedsAndTheErrorThatOverItems() {
    runs("one", "a", 1, 3);
    runs("two", "a", 2, 2);
    Field field = FieldComparison.of(records).getFirst();
    assertThat(field.variances().getFirst().mean()).isEqualTo(2);
    assertThat(field.variances().getFirst().components().training())
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(field.variances().getFirst().components().testSet()).isCloseTo(1, within(1e-9));
    assertThat(field.variances().getFirst().components().sampling()).isNaN();
  }

  @Test
  void aFieldNeedsTwoModels() {
    runs("alone", "a", 1, 2);
    assertThat(FieldComparison.of(records)).isEmpty();
  }
}
