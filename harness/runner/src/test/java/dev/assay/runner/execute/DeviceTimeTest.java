package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.runner.experiment.Registry;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceClock;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import dev.assay.tensor.reference.ReferenceProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device's own time stands beside wall time, where a device has a clock. */
final class DeviceTimeTest {
  private static final int STEPS = 8;

  @TempDir private Path folder;

  /** The reference backend with a clock that advances by two seconds whenever it is read. */
  private record Clocked() implements BackendProvider {
    @Override
    public String id() {
      return "reference";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Backend open(Settings settings) {
      return new Ticking(new ReferenceProvider().open(settings));
    }
  }

  private static final class Ticking implements Backend, DeviceClock {
    private final Backend inner;
    private double now = 5;

    Ticking(Backend inner) {
      this.inner = inner;
    }

    @Override
    public double deviceSeconds() {
      now += 2;
      return now;
    }

    @Override
    public String id() {
      return inner.id();
    }

    @Override
    public Map<String, String> facts() {
      return inner.facts();
    }

    @Override
    public Variable variable(String name, DType dtype, Shape shape) {
      return inner.variable(name, dtype, shape);
    }

    @Override
    public Program compile(Graph graph) {
      return inner.compile(graph);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private RunRecord run(BackendProvider backend) throws Exception {
    Registry registry =
        Registry.of(
            new PlaneData(), new WalkModel.Provider(), MeanNll.NLL, MeanNll.CENTRE, backend);
    return new PlanRunner(
            new RunStore(folder),
            registry,
            new PlanRunner.Settings(1, true, Map.of()),
            new Cancellation(),
            RunObserver.NONE)
        .run(Cells.plan(Cells.of("a", WalkModel.Behaviour.GOOD, Cells.steps(STEPS))))
        .getFirst()
        .record();
  }

  @Test
  void trainingAndDrawingHaveTheTimeBetweenTwoReadings() throws Exception {
    RunRecord record = run(new Clocked());
    assertThat(record.metrics())
        .filteredOn(row -> row.metric().contains("device"))
        .extracting(MetricRow::metric, MetricRow::value)
        .containsExactlyInAnyOrder(
            tuple("train.device_seconds", 2.0),
            tuple("step.device_milliseconds", 2000.0 / STEPS),
            tuple("sample.device_seconds", 2.0));
  }

  @Test
  void aBackendWithoutAClockHasNone() throws Exception {
    assertThat(run(new ReferenceProvider()).metrics())
        .extracting(MetricRow::metric)
        .contains("train.seconds")
        .noneMatch(metric -> metric.contains("device"));
  }
}
